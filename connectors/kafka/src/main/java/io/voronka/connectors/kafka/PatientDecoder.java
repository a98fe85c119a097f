package io.voronka.connectors.kafka;

import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.ReleasedSchemas;
import io.voronka.schemas.UnknownSchemaException;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecordBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records of any version: a schema that this build does not have is looked for on {@code
 * schemas.published}, with growing pauses. When it does not turn up in time the caller gets the
 * exception and must come back to the same record later; it is never thrown away. One instance
 * belongs to one thread.
 */
public final class PatientDecoder<T extends SpecificRecordBase> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PatientDecoder.class);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final PublishedSchemas published;
  private final RecordCodec<T> codec;
  private final Runnable onWait;
  private final Duration wait;

  private PatientDecoder(KafkaSettings kafka, Class<T> type, Duration wait, Runnable onWait) {
    this.published = PublishedSchemas.of(kafka);
    this.codec = RecordCodec.of(type, ReleasedSchemas.instance().or(published));
    this.wait = wait;
    this.onWait = onWait;
  }

  /**
   * @param wait how long one call of {@link #decode} may wait for a schema
   * @param onWait called once per pause, for a metric
   */
  public static <T extends SpecificRecordBase> PatientDecoder<T> of(
      KafkaSettings kafka, Class<T> type, Duration wait, Runnable onWait) {
    return new PatientDecoder<>(kafka, type, wait, onWait);
  }

  /**
   * @throws MalformedRecordException when the bytes cannot be such a record
   * @throws UnknownSchemaException when the writer's schema did not turn up in time
   * @throws InterruptedException when interrupted while it waits
   */
  public T decode(byte[] bytes) throws InterruptedException {
    long waited = 0;
    long pause = FIRST_PAUSE_MS;
    while (true) {
      try {
        return codec.decode(bytes);
      } catch (UnknownSchemaException e) {
        if (waited >= wait.toMillis()) {
          throw e;
        }
        LOG.error("a record waits for its schema: {}", e.getMessage());
        onWait.run();
        Thread.sleep(pause);
        waited += pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  @Override
  public void close() {
    published.close();
  }
}
