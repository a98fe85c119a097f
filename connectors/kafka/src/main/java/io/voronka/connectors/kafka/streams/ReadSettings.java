package io.voronka.connectors.kafka.streams;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What to read.
 *
 * @param type record on the topics
 * @param topics constants of {@link Topics}, without the cell's prefix
 * @param uid of the source operator, kebab-case; its decoder gets {@code decode-<uid>}
 * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
 * @param wanted the records to decode
 */
public record ReadSettings<T extends SpecificRecordBase>(
    KafkaSettings kafka,
    Class<T> type,
    List<String> topics,
    String uid,
    Duration schemaWait,
    Wanted wanted) {
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);

  public static <T extends SpecificRecordBase> ReadSettings<T> of(
      KafkaSettings kafka, Class<T> type, String topic) {
    return new ReadSettings<>(
        kafka, type, List.of(topic), "read-" + topic.replace('.', '-'), SCHEMA_WAIT, value -> true);
  }

  public ReadSettings<T> withUid(String value) {
    return new ReadSettings<>(kafka, type, topics, value, schemaWait, wanted);
  }

  public ReadSettings<T> withSchemaWait(Duration value) {
    return new ReadSettings<>(kafka, type, topics, uid, value, wanted);
  }

  /** Passes over all other records without decoding them. */
  public ReadSettings<T> only(Wanted value) {
    return new ReadSettings<>(kafka, type, topics, uid, schemaWait, value);
  }

  /** More subtasks than this would have nothing to read, and would hold back the clock. */
  int mostParallel() {
    return topics.stream().mapToInt(topic -> Topics.named(topic).partitions()).sum();
  }

  String[] names() {
    return topics.stream().map(kafka::topic).toArray(String[]::new);
  }
}
