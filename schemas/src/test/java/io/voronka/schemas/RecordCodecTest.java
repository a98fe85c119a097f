package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {
  private final RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);

  @Test
  void whatIsEncodedIsDecodedEqual() {
    CrmEvent event = Examples.stageChanged();

    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @Test
  void theSameRecordGivesTheSameBytes() {
    assertThat(codec.encode(Examples.stageChanged()))
        .isEqualTo(codec.encode(Examples.stageChanged()));
  }

  @Test
  void theBytesAreAvrosOwnSingleObjectEncoding() throws Exception {
    CrmEvent event = Examples.stageChanged();
    byte[] reference =
        new BinaryMessageEncoder<CrmEvent>(SpecificData.get(), CrmEvent.getClassSchema())
            .encode(event)
            .array();

    byte[] bytes = codec.encode(event);

    assertThat(bytes).isEqualTo(Arrays.copyOf(reference, bytes.length));
  }

  @Test
  void anUnknownFingerprintIsNamedAndNotTakenForBrokenBytes() {
    byte[] bytes = codec.encode(Examples.stageChanged());
    bytes[2] ^= 0x55;

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("no schema with fingerprint");
  }

  @Test
  void aSchemaThatIsLearntLaterIsUsed() {
    SchemaDirectory empty = fingerprint -> Optional.empty();
    RecordCodec<CrmEvent> reader =
        RecordCodec.of(
            CrmEvent.class, empty.or(fingerprint -> Optional.of(CrmEvent.getClassSchema())));

    assertThat(reader.decode(codec.encode(Examples.stageChanged())))
        .isEqualTo(Examples.stageChanged());
  }

  @Test
  void anotherRecordsBytesAreRefusedByName() {
    byte[] bytes = RecordCodec.of(ControlChange.class).encode(Examples.tenant("acme", 1));

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("ControlChange")
        .hasMessageContaining("CrmEvent");
  }

  @Test
  void brokenBytesAreRefusedWhereverTheyAreBroken() {
    byte[] bytes = codec.encode(Examples.stageChanged());
    Random random = new Random(7);
    for (int cut = 0; cut < bytes.length; cut++) {
      byte[] torn = Arrays.copyOf(bytes, cut);
      assertThatThrownBy(() -> codec.decode(torn))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining("bytes");
    }
    for (int i = 0; i < 5_000; i++) {
      byte[] noisy = bytes.clone();
      noisy[10 + random.nextInt(noisy.length - 10)] ^= (byte) (1 << random.nextInt(8));
      try {
        codec.decode(noisy);
      } catch (MalformedRecordException e) {
        assertThat(e).hasMessageContaining("CrmEvent");
      }
    }
    assertThat(codec.decode(bytes)).as("usable after failures").isEqualTo(Examples.stageChanged());
  }
}
