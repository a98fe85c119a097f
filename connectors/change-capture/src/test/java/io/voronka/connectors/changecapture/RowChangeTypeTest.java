package io.voronka.connectors.changecapture;

import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class RowChangeTypeTest {
  @Test
  void isSerializedWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(RowChange.class);
  }
}
