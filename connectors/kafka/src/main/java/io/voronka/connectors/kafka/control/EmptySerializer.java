package io.voronka.connectors.kafka.control;

import java.util.function.Supplier;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** For the parts of Flink's source contract that carry nothing here. */
final class EmptySerializer<T> implements SimpleVersionedSerializer<T> {
  private final Supplier<T> value;

  EmptySerializer(Supplier<T> value) {
    this.value = value;
  }

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(T ignored) {
    return new byte[0];
  }

  @Override
  public T deserialize(int version, byte[] ignored) {
    return value.get();
  }
}
