package io.voronka.rules.domain.subject.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.SubjectState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PackedFieldsTest {
  private static final long BASE = 1_760_000_000_000L;
  private static final Map<String, Known> FIELDS =
      Map.of(
          "price", new Known("500", BASE),
          "name", new Known("Заявка №1", BASE - 60_000),
          "utm_source", new Known("ads", BASE - 1),
          "loss_reason_id", new Known("", 0));

  @Test
  void everyFieldIsAsItWasWritten() {
    SubjectState read = readBack(SubjectState.of(BASE, FIELDS, Map.of()));

    assertThat(read.fields()).isInstanceOf(PackedFields.class).isEqualTo(FIELDS).hasSize(4);
    assertThat(FIELDS).isEqualTo(read.fields());
    assertThat(read.fields().keySet()).containsExactlyInAnyOrderElementsOf(FIELDS.keySet());
    FIELDS.forEach((name, known) -> assertThat(read.fields().get(name)).isEqualTo(known));
  }

  @Test
  void aFieldThatWasNotWrittenIsNotThere() {
    Map<String, Known> read = readBack(SubjectState.of(BASE, FIELDS, Map.of())).fields();

    // One with a code of its own and one without.
    assertThat(read.get("status_id")).isNull();
    assertThat(read.get("utm_medium")).isNull();
    assertThat(read.containsKey("status_id")).isFalse();
    assertThat(read.containsKey("utm_source")).isTrue();
  }

  @Test
  void unchangedTheyAreWrittenAsTheyWere() {
    byte[] written = written(SubjectState.of(BASE, FIELDS, Map.of()));

    assertThat(written(SubjectFormat.subject(new ByteReader(written)))).isEqualTo(written);
    byte[] empty = written(SubjectState.of(BASE, Map.of(), Map.of()));
    assertThat(written(SubjectFormat.subject(new ByteReader(empty)))).isEqualTo(empty);
  }

  @Test
  void theyCanBeWrittenAgainWithAnotherTimeToCountFrom() {
    Map<String, Known> read = readBack(SubjectState.of(BASE, FIELDS, Map.of())).fields();

    assertThat(readBack(SubjectState.of(BASE + 5_000, read, Map.of())).fields()).isEqualTo(FIELDS);
  }

  @Test
  void whatStandsBehindThemIsReadToo() {
    Map<String, Known> none = new HashMap<>();
    SubjectState talking = new SubjectState(BASE, none, null, null, "talk-7", 42, null, null, null);

    SubjectState read = readBack(talking);

    assertThat(read.fields()).isEmpty();
    assertThat(read.talkId()).isEqualTo("talk-7");
    assertThat(read.talkAt()).isEqualTo(42);
  }

  private static SubjectState readBack(SubjectState state) {
    return SubjectFormat.subject(new ByteReader(written(state)));
  }

  private static byte[] written(SubjectState state) {
    ByteWriter out = new ByteWriter();
    SubjectFormat.write(state, out);
    return Arrays.copyOf(out.bytes(), out.size());
  }
}
