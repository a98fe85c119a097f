package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.kit.CompactSerializer;
import io.voronka.rules.domain.subject.bytes.ByteWriter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link SubjectMemory} by its {@link SubjectMemoryFormat}. */
public final class SubjectMemorySerializer extends CompactSerializer<SubjectMemory> {
  private static final long serialVersionUID = 1L;

  private transient ByteWriter buffer;

  @Override
  public void serialize(SubjectMemory record, DataOutputView target) throws IOException {
    if (buffer == null) {
      buffer = new ByteWriter();
    }
    buffer.reset();
    SubjectMemoryFormat.write(record, buffer);
    write(buffer.bytes(), buffer.size(), target);
  }

  @Override
  protected SubjectMemory read(byte[] bytes) {
    return SubjectMemoryFormat.read(bytes);
  }

  @Override
  public SubjectMemory createInstance() {
    return SubjectMemory.EMPTY;
  }

  @Override
  public TypeSerializer<SubjectMemory> duplicate() {
    return new SubjectMemorySerializer();
  }

  @Override
  public TypeSerializerSnapshot<SubjectMemory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public, with a public constructor: Flink makes it by reflection when it restores. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SubjectMemory> {
    public Snapshot() {
      super(SubjectMemorySerializer::new);
    }
  }
}
