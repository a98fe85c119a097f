package io.voronka.jobs.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Proves that the types on streams and in state do without Kryo, all the way down. */
public final class StreamTypes {
  private StreamTypes() {}

  public static void assertNoKryo(Class<?>... types) {
    for (Class<?> type : types) {
      assertNoKryo(TypeInformation.of(type));
    }
  }

  public static void assertNoKryo(TypeInformation<?> type) {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    assertThatCode(() -> type.createSerializer(config)).as("%s", type).doesNotThrowAnyException();
    assertThat(type.createSerializer(config)).isNotNull();
  }
}
