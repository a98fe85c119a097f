package io.voronka.infra.local.bench.gateway;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.WorkerMain;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Main class of the bare producer: the gateway's own records, already encoded, through a producer
 * with the gateway's settings, as fast as it takes them.
 */
public final class ProducerMain {
  /** A machine with other work is slow; only one that refuses is at fault. */
  private static final Duration DELIVERY = Duration.ofMinutes(1);

  private static final long BUFFER_BYTES = 64L << 20;

  private final Map<Integer, List<Pair>> pairs = new HashMap<>();

  private ProducerMain() {}

  private record Item(byte[] key, byte[] value) {}

  private record Pair(Item webhook, Item event) {}

  /** Serves {@link ProducerOrder}s until standard input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    WorkerMain.serve(ProducerOrder.class, new ProducerMain()::run);
  }

  private ProducerFigures run(ProducerOrder order) {
    List<Pair> recycled = pairs.computeIfAbsent(order.pairs(), count -> load(order));
    KafkaSettings kafka =
        KafkaSettings.of(order.bootstrapServers(), "bench-producer").withCell(order.cell());
    ProducerSettings settings =
        ProducerSettings.hasty(kafka, DELIVERY).withBufferBytes(BUFFER_BYTES);
    LongAdder acknowledged = new LongAdder();
    AtomicReference<Exception> failure = new AtomicReference<>();
    Callback callback =
        (metadata, problem) -> {
          if (problem == null) {
            acknowledged.increment();
          } else {
            failure.compareAndSet(null, problem);
          }
        };
    String webhooks = kafka.topic(Topics.WEBHOOKS_RECEIVED);
    String events = kafka.topic(Topics.CRM_EVENTS);
    try (Producer<byte[], byte[]> producer = settings.open()) {
      long start = System.nanoTime();
      long end = start + TimeUnit.MILLISECONDS.toNanos(order.millis());
      for (int i = 0; System.nanoTime() < end; i = (i + 1) % recycled.size()) {
        send(producer, webhooks, recycled.get(i).webhook(), callback);
        send(producer, events, recycled.get(i).event(), callback);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long inTime = acknowledged.sum();
      producer.flush();
      if (failure.get() != null) {
        throw new IllegalStateException("Kafka refuses records", failure.get());
      }
      return new ProducerFigures(acknowledged.sum() / 2, inTime / 2.0 / seconds);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
  private static void send(
      Producer<byte[], byte[]> producer, String topic, Item item, Callback callback) {
    producer.send(new ProducerRecord<>(topic, item.key(), item.value()), callback);
  }

  /** Different bodies, so that a batch holds no copies that would compress to nothing. */
  private static List<Pair> load(ProducerOrder order) {
    try (TopicBook book = new TopicBook(order.bootstrapServers())) {
      List<Item> webhooks = newest(book, Topics.WEBHOOKS_RECEIVED, order.pairs());
      List<Item> events = newest(book, Topics.CRM_EVENTS, order.pairs());
      List<Pair> loaded = new ArrayList<>();
      for (int i = 0; i < Math.min(webhooks.size(), events.size()); i++) {
        loaded.add(new Pair(webhooks.get(i), events.get(i)));
      }
      if (loaded.isEmpty()) {
        throw new IllegalStateException("the gateway has written nothing yet");
      }
      return loaded;
    }
  }

  /** Keyed records only: ticks have no key. Partitions are mixed as they are when written. */
  private static List<Item> newest(TopicBook book, String topic, int count) {
    Map<TopicPartition, Long> ends = book.ends(topic);
    Map<TopicPartition, Long> from = new HashMap<>();
    ends.forEach((part, end) -> from.put(part, Math.max(0, end - count)));
    Map<Integer, List<Item>> byPartition = new HashMap<>();
    book.read(
        from,
        ends,
        record -> {
          List<Item> items =
              byPartition.computeIfAbsent(record.partition(), any -> new ArrayList<>());
          if (record.key() != null && items.size() < 2 * count / ends.size() + 1) {
            items.add(new Item(record.key(), record.value()));
          }
        });
    List<Item> mixed = new ArrayList<>();
    for (int i = 0; mixed.size() < count; i++) {
      int before = mixed.size();
      for (List<Item> items : byPartition.values()) {
        if (i < items.size()) {
          mixed.add(items.get(i));
        }
      }
      if (mixed.size() == before) {
        break;
      }
    }
    return mixed;
  }
}
