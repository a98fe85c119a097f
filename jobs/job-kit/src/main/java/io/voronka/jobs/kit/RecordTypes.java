package io.voronka.jobs.kit;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/** Flink types of our records. */
public final class RecordTypes {
  private RecordTypes() {}

  /** Avro all the way: no Kryo, and old state is read through schema resolution. */
  public static <T extends SpecificRecordBase> TypeInformation<T> of(Class<T> type) {
    return new AvroTypeInfo<>(type);
  }
}
