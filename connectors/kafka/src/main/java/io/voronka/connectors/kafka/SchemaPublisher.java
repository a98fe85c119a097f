package io.voronka.connectors.kafka;

import io.voronka.schemas.Fingerprints;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.ReleasedSchemas;
import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts the schemas of a producer on {@code schemas.published}, keyed by fingerprint, so that older
 * readers can read its records. Every process does it before its first record; the topic is
 * compacted, so that doing it again costs nothing.
 */
public final class SchemaPublisher {
  private final KafkaSettings kafka;

  private SchemaPublisher(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  public static SchemaPublisher of(KafkaSettings kafka) {
    return new SchemaPublisher(kafka);
  }

  /**
   * @param now timestamp of the records, epoch milliseconds
   * @return done when Kafka has acknowledged them all; failed with the first failure
   */
  public CompletableFuture<Void> publish(
      Producer<byte[], byte[]> producer,
      Collection<? extends Class<? extends SpecificRecordBase>> types,
      long now) {
    return publishSchemas(producer, types.stream().map(ReleasedSchemas::current).toList(), now);
  }

  /** As {@link #publish}, for schemas of any origin. */
  public CompletableFuture<Void> publishSchemas(
      Producer<byte[], byte[]> producer, List<Schema> schemas, long now) {
    RecordCodec<SchemaPublished> codec = RecordCodec.of(SchemaPublished.class);
    List<CompletableFuture<Void>> acknowledged = new ArrayList<>();
    for (Schema schema : schemas) {
      long fingerprint = Fingerprints.of(schema);
      SchemaPublished record =
          SchemaPublished.newBuilder()
              .setFingerprint(fingerprint)
              .setName(schema.getFullName())
              .setJson(schema.toString())
              .build();
      acknowledged.add(
          send(
              producer,
              new ProducerRecord<>(
                  kafka.topic(Topics.SCHEMAS_PUBLISHED),
                  null,
                  now,
                  Fingerprints.hex(fingerprint).getBytes(StandardCharsets.UTF_8),
                  codec.encode(record))));
    }
    return CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new));
  }

  /**
   * Publishes with a producer of its own and waits.
   *
   * @throws IllegalStateException when Kafka does not acknowledge in time
   */
  public void publishAndWait(
      Collection<? extends Class<? extends SpecificRecordBase>> types, long now) {
    try (Producer<byte[], byte[]> producer = ProducerSettings.patient(kafka).open()) {
      publish(producer, types, now).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing schemas", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot publish schemas of " + types, e.getCause());
    }
  }

  private static CompletableFuture<Void> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(failure);
              }
            });
    return done;
  }
}
