package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncodedKindTest {
  private final RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void everyKindIsSeenBehindIdsOfAnyLength(EventKind kind) {
    for (int length : new int[] {0, 1, 63, 64, 9000}) {
      byte[] bytes = bytes(kind, "x".repeat(length));

      assertThat(EncodedKind.of(bytes)).isEqualTo(kind);
    }
  }

  @Test
  void whatIsCutOffOrNoEventIsUnknown() {
    byte[] whole = bytes(EventKind.MESSAGE_SENT, "an id");
    int kindAt = 10 + 1 + "an id".length();

    for (int length = 0; length <= kindAt; length++) {
      assertThat(EncodedKind.of(Arrays.copyOf(whole, length))).isEqualTo(EventKind.UNKNOWN);
    }
    byte[] noise = new byte[40];
    for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
      Arrays.fill(noise, (byte) value);
      assertThat(EncodedKind.of(noise)).isEqualTo(EventKind.UNKNOWN);
    }
  }

  @Test
  void anythingMayFollowTheMarker() {
    byte[] noise = new byte[40];
    for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
      Arrays.fill(noise, (byte) value);
      noise[0] = (byte) 0xC3;
      noise[1] = 1;
      assertThat(EncodedKind.of(noise)).isNotNull();
    }
  }

  private byte[] bytes(EventKind kind, String id) {
    return codec.encode(
        CrmEvent.newBuilder(Examples.stageChanged()).setId(id).setKind(kind).build());
  }

  @Test
  void inEveryReleasedVersionTheIdAndTheKindComeFirst() {
    List<String> now = CrmEvent.getClassSchema().getField("kind").schema().getEnumSymbols();
    List<Schema> versions =
        ReleasedSchemas.instance().all().stream()
            .filter(schema -> schema.getName().equals("CrmEvent"))
            .toList();

    assertThat(versions)
        .isNotEmpty()
        .allSatisfy(
            schema -> {
              List<String> kinds = schema.getFields().get(1).schema().getEnumSymbols();
              assertThat(schema.getFields().get(0).name()).isEqualTo("id");
              assertThat(schema.getFields().get(1).name()).isEqualTo("kind");
              assertThat(now.subList(0, kinds.size())).isEqualTo(kinds);
            });
  }
}
