package io.voronka.jobs.evaluaterules.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.FieldNames;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.KnownCustom;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Armed;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.Value;
import io.voronka.schemas.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SubjectMemorySerializerTest {
  private static final long T0 = 1_760_000_000_000L;

  /** {@link #sample()} as the first release writes it. */
  private static final String FIRST_FORMAT =
      "00000056018080b3c19c33010210d097d0b0d18fd0b2d0bad0b0202331000102370553495a450a01"
          + "024c00064c415247458180b3c19c3304313734a0abafc19c330102ffffffffffffffff80e0bb8e0d"
          + "000000000000002ac070";

  private static final String SECOND_FORMAT =
      "000000ac028080b3c19c33010210d097d0b0d18fd0b2d0bad0b0202331000102370553495a450a01"
          + "024c00064c4152474501d00fd20f000000000000004d04313734a0abafc19c33011fa01fa01fffff"
          + "fffffffffffb010000000000000009021200010000000000000003000000000000000480f0b25201"
          + "0000000000000003000000000000000580f0b25201000000000000000602020102ffffffffffffff"
          + "ff80e0bb8e0d000000000000002ac070";

  private final SubjectMemorySerializer serializer = new SubjectMemorySerializer();

  private byte[] bytes(SubjectMemory memory) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(memory, out);
    return out.getCopyOfBuffer();
  }

  private SubjectMemory back(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }

  private static SubjectMemory sample(Happening entry, Past past, Standing standing) {
    return new SubjectMemory(
        new SubjectState(
            T0,
            Map.of("name", new Known("Заявка #1", T0)),
            Map.of("7", new KnownCustom("SIZE", List.of(new Value("L", null, "LARGE")), T0 - 5)),
            entry,
            "174",
            T0 - 60_000,
            past,
            standing,
            Contacts.NONE),
        new SeenEvents(new long[] {-1, 42}, new int[] {1_760_000_000, 1_760_007_200}, true),
        Place.NEW);
  }

  private static SubjectMemory sample() {
    return sample(
        new Happening(T0 - 1000, T0 + 1, 77),
        new Past(
            Map.of(EventKind.MESSAGE_SENT, new Happening(T0 - 2000, T0, -5)),
            Map.of(9L, new long[] {T0 - 9, T0})),
        new Standing(
            List.of(new Armed(3, 4, T0 + 86_400_000)),
            List.of(new Firing(3, 5, T0 - 86_400_000)),
            List.of(new Echo(6, 2, T0 + 1))));
  }

  @Test
  void readsWhatItWrites() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 2_000; round++) {
      SubjectMemory memory = random(random);
      assertThat(back(bytes(memory))).isEqualTo(memory);
    }
    assertThat(back(bytes(SubjectMemory.EMPTY))).isEqualTo(SubjectMemory.EMPTY);
  }

  /** These bytes are in savepoints, and have to stay readable. */
  @Test
  void readsTheFirstFormat() throws IOException {
    SubjectMemory read = back(HexFormat.of().parseHex(FIRST_FORMAT));

    assertThat(read).isEqualTo(sample(new Happening(T0 + 1, T0 + 1, 0), Past.NONE, Standing.NONE));
  }

  @Test
  void readsTheSecondFormat() throws IOException {
    assertThat(back(HexFormat.of().parseHex(SECOND_FORMAT))).isEqualTo(sample());
  }

  @Test
  void readsTheThirdFormat() throws IOException {
    SubjectMemory ruled = sample().at(new Place(sample().subject(), T0 + 250));
    byte[] released = HexFormat.of().parseHex("000000ae03" + SECOND_FORMAT.substring(10) + "f403");

    assertThat(back(released)).isEqualTo(ruled);
  }

  @Test
  void readsTheFourthFormat() throws IOException {
    SubjectMemory ruled = sample().at(new Place(sample().subject(), T0 + 250));
    byte[] released =
        HexFormat.of().parseHex("000000b004" + SECOND_FORMAT.substring(10) + "f403" + "0000");

    assertThat(back(released)).isEqualTo(ruled);
    released[4]++;
    assertThat(bytes(ruled)).as("what no rule caused is still written so").isEqualTo(released);
  }

  @Test
  void aWaitThatRulesCausedKnowsTheirChain() throws IOException {
    Happening entry = new Happening(T0 - 1000, T0 + 1, 77, 3);
    Past past = new Past(Map.of(EventKind.MESSAGE_SENT, new Happening(T0, T0, -5, 4)), Map.of());
    SubjectMemory caused = sample(entry, past, Standing.NONE);
    SubjectMemory byPeople =
        sample(
            new Happening(T0 - 1000, T0 + 1, 77),
            new Past(Map.of(EventKind.MESSAGE_SENT, new Happening(T0, T0, -5)), Map.of()),
            Standing.NONE);

    assertThat(back(bytes(caused))).isEqualTo(caused);
    assertThat(bytes(caused)).hasSize(bytes(byPeople).length + 2);
  }

  @Test
  void aContactIsAFewBytes() throws IOException {
    Contacts.Contact ann =
        new Contacts.Contact(
            "31", SubjectState.of(T0, Map.of("name", new Known("Ann", T0)), Map.of()));
    SubjectState with =
        new SubjectState(
            T0, null, null, null, null, 0, null, null, new Contacts("31", List.of(ann)));
    SubjectState without = SubjectState.of(T0, Map.of(), Map.of());

    SubjectMemory memory = new SubjectMemory(with, null, T0);

    assertThat(back(bytes(memory))).isEqualTo(memory);
    assertThat(bytes(memory).length - bytes(new SubjectMemory(without, null, T0)).length)
        .isEqualTo(14);
  }

  @Test
  void copiesWithoutReading() throws IOException {
    byte[] bytes = bytes(sample());
    DataOutputSerializer copy = new DataOutputSerializer(16);

    serializer.copy(new DataInputDeserializer(bytes), copy);

    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
  }

  private static SubjectMemory random(SplittableRandom random) {
    long[] ids = random.longs(random.nextInt(10)).toArray();
    SubjectState fields = fields(random);
    return new SubjectMemory(
        new SubjectState(
            T0,
            fields.fields(),
            fields.customFields(),
            random.nextBoolean() ? null : happening(random),
            null,
            random.nextLong(),
            past(random),
            standing(random),
            contacts(random)),
        new SeenEvents(ids, random.ints(ids.length).toArray(), random.nextBoolean()),
        random.nextLong());
  }

  private static Contacts contacts(SplittableRandom random) {
    List<Contacts.Contact> known = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      known.add(new Contacts.Contact("c" + random.nextInt(), fields(random)));
    }
    return new Contacts(random.nextBoolean() ? null : "c" + random.nextInt(), known);
  }

  private static SubjectState fields(SplittableRandom random) {
    Map<String, Known> fields = new HashMap<>();
    Map<String, KnownCustom> custom = new HashMap<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      String name = i % 2 == 0 ? FieldNames.name(i) : "field " + random.nextInt();
      fields.put(name, new Known(text(random), T0 - random.nextInt()));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      custom.put(
          "" + i,
          new KnownCustom(
              random.nextBoolean() ? null : "C" + i,
              List.of(new Value(text(random), null, ""), new Value(null, "5", null)),
              random.nextLong()));
    }
    return SubjectState.of(T0 - random.nextInt(), fields, custom);
  }

  private static Happening happening(SplittableRandom random) {
    long at = T0 - random.nextInt();
    int depth = Math.max(0, random.nextInt(9) - 4);
    return new Happening(at, at + random.nextLong(1L << 40), random.nextLong(), depth);
  }

  private static Past past(SplittableRandom random) {
    Map<EventKind, Happening> last = new HashMap<>();
    for (EventKind kind : EventKind.values()) {
      if (random.nextInt(5) == 0) {
        last.put(kind, happening(random));
      }
    }
    Map<Long, long[]> counts = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      counts.put(random.nextLong(), random.longs(random.nextInt(4), 0, T0).toArray());
    }
    return new Past(last, counts);
  }

  private static Standing standing(SplittableRandom random) {
    List<Armed> armed = new ArrayList<>();
    List<Firing> firings = new ArrayList<>();
    List<Echo> echoes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      armed.add(new Armed(random.nextLong(), random.nextLong(), T0 + random.nextInt()));
      firings.add(new Firing(random.nextLong(), random.nextLong(), T0 - random.nextInt()));
      echoes.add(new Echo(random.nextLong(), random.nextInt(9), T0 + random.nextInt()));
    }
    return new Standing(armed, firings, echoes);
  }

  private static String text(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "Привет, " + random.nextInt();
      case 2 -> "x".repeat(random.nextInt(3_000));
      default -> "😀";
    };
  }
}
