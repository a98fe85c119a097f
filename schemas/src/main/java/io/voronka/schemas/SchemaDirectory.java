package io.voronka.schemas;

import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Finds a writer's schema by the fingerprint that each record starts with. {@link ReleasedSchemas}
 * knows what this build knows; the topic {@code schemas.published} knows what newer writers use.
 */
@FunctionalInterface
public interface SchemaDirectory {

  /**
   * @param fingerprint CRC-64-AVRO of the schema's parsing canonical form
   */
  Optional<Schema> find(long fingerprint);

  /** Looks here first, then there. */
  default SchemaDirectory or(SchemaDirectory next) {
    return fingerprint -> find(fingerprint).or(() -> next.find(fingerprint));
  }
}
