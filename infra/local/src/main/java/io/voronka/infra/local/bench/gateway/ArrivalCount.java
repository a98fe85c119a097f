package io.voronka.infra.local.bench.gateway;

import io.voronka.infra.local.bench.TopicBook;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Counts in Kafka what the gateway acknowledged from one moment to another. */
final class ArrivalCount {
  /** One record in so many is decoded and looked at. */
  private static final int SAMPLE = 500;

  private final TopicBook book;
  private final Map<TopicPartition, Long> webhooksBefore;
  private final Map<TopicPartition, Long> eventsBefore;

  private ArrivalCount(
      TopicBook book,
      Map<TopicPartition, Long> webhooksBefore,
      Map<TopicPartition, Long> eventsBefore) {
    this.book = book;
    this.webhooksBefore = webhooksBefore;
    this.eventsBefore = eventsBefore;
  }

  /** From now on; nothing may be under way. */
  static ArrivalCount begin(TopicBook book) {
    return new ArrivalCount(
        book, book.ends(Topics.WEBHOOKS_RECEIVED), book.ends(Topics.CRM_EVENTS));
  }

  /**
   * Looks for what was answered.
   *
   * @param accepted webhooks answered 200, each with one event
   * @param spooled whether webhooks may have been written twice, with the same ids
   * @return what does not add up
   */
  List<String> compare(long accepted, boolean spooled) {
    List<String> problems = new ArrayList<>();
    long webhooks = TopicBook.between(webhooksBefore, book.ends(Topics.WEBHOOKS_RECEIVED));
    if (spooled ? webhooks < accepted : webhooks != accepted) {
      problems.add(
          "%d webhooks were answered 200, and %s has %d"
              .formatted(accepted, Topics.WEBHOOKS_RECEIVED, webhooks));
    }
    long events = keyedEvents(spooled, problems);
    if (spooled ? events < accepted : events != accepted) {
      problems.add(
          "%d webhooks were answered 200, and %s has %d events"
              .formatted(accepted, Topics.CRM_EVENTS, events));
    }
    sampleWebhooks(problems);
    return problems;
  }

  /** Ticks have no key and do not count. */
  private long keyedEvents(boolean spooled, List<String> problems) {
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    long[] keyed = new long[1];
    Set<String> ids = new HashSet<>();
    int[] sampled = new int[1];
    book.read(
        eventsBefore,
        book.ends(Topics.CRM_EVENTS),
        record -> {
          if (record.key() != null && keyed[0]++ % SAMPLE == 0) {
            ids.add(codec.decode(record.value()).getId());
            sampled[0]++;
          }
        });
    if (!spooled && ids.size() < sampled[0]) {
      problems.add("different webhooks gave events with the same id");
    }
    return keyed[0];
  }

  private void sampleWebhooks(List<String> problems) {
    RecordCodec<WebhookReceived> codec = RecordCodec.of(WebhookReceived.class);
    Map<TopicPartition, Long> ends = book.ends(Topics.WEBHOOKS_RECEIVED);
    Map<TopicPartition, Long> from = new java.util.HashMap<>();
    ends.forEach((part, end) -> from.put(part, Math.max(webhooksBefore.get(part), end - SAMPLE)));
    long[] odd = new long[1];
    book.read(
        from,
        ends,
        record -> {
          WebhookReceived webhook = codec.decode(record.value());
          if (webhook.getStatus() != WebhookStatus.ACCEPTED || webhook.getEvents() != 1) {
            odd[0]++;
          }
        });
    if (odd[0] > 0) {
      problems.add(odd[0] + " webhooks were not understood as one event each");
    }
  }
}
