package io.voronka.connectors.kafka.streams;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;

final class TestEncoding {
  private TestEncoding() {}

  static byte[] of(CrmEvent event) {
    return RecordCodec.of(CrmEvent.class).encode(event);
  }
}
