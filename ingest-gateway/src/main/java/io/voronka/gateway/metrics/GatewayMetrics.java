package io.voronka.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voronka.gateway.accept.Refusal;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All counters of the gateway; thread-safe. Reasons are enum names in lower case with dashes. */
public final class GatewayMetrics {
  private static final String PREFIX = "voronka.gateway.";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private final MeterRegistry registry;
  private final Map<WebhookStatus, Counter> accepted = new EnumMap<>(WebhookStatus.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
  private final Map<String, Counter> publisherErrors = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter alerts;
  private final Timer acknowledgements;
  private final Counter spooled;
  private final Counter drained;
  private final Counter droppedUnknownToken;
  private final Counter setAside;
  private final Counter spoolings;
  private final Counter ticks;
  private final Counter unsubscribed;
  private final Counter connectionsRefused;
  private final Counter controlRecordsRejected;

  public GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (WebhookStatus status : WebhookStatus.values()) {
      accepted.put(
          status,
          Counter.builder(PREFIX + "webhooks.archived")
              .description("Webhooks with a valid token, by how much was understood")
              .tag("status", label(status.name()))
              .register(registry));
    }
    for (Refusal refusal : Refusal.values()) {
      refused.put(
          refusal,
          Counter.builder(PREFIX + "requests.refused")
              .description("Requests answered with an error")
              .tag("reason", refusal.label())
              .register(registry));
    }
    events = counter("events", "Events decoded");
    alerts = counter("alerts", "Alerts that webhooks called for");
    acknowledgements =
        Timer.builder(PREFIX + "acknowledgement")
            .description("From handing a webhook's records to Kafka to their acknowledgement")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    spooled = counter("spool.appended", "Webhooks made durable in the spool");
    drained = counter("spool.drained", "Webhooks moved from the spool to Kafka");
    droppedUnknownToken =
        counter("spool.unknown.token", "Spooled webhooks whose token turned out to be unknown");
    setAside = counter("spool.set.aside", "Spooled webhooks that can never be published");
    spoolings = counter("spool.begun", "Changes from direct to spooling");
    ticks = counter("ticks", "Ticks acknowledged, one for each partition");
    unsubscribed = counter("unsubscribed", "Clients who followed the link of a mail");
    connectionsRefused = counter("connections.refused", "Connections over the limit");
    controlRecordsRejected =
        counter("control.rejected", "Records of control topics that cannot be decoded");
  }

  /** A webhook with a valid token, about to be delivered. */
  public void accepted(WebhookReceived webhook) {
    accepted.get(webhook.getStatus()).increment();
    if (webhook.getEvents() > 0) {
      events.increment(webhook.getEvents());
    }
    if (webhook.getRejection() != null) {
      rejected.computeIfAbsent(webhook.getRejection(), this::rejections).increment();
    }
  }

  /** Alerts about to be delivered together with the webhook that calls for them. */
  public void alerted(int count) {
    if (count > 0) {
      alerts.increment(count);
    }
  }

  /** A request answered with an error. */
  public void refused(Refusal refusal) {
    refused.get(refusal).increment();
  }

  /** A webhook acknowledged by Kafka. */
  public void published(long nanos) {
    acknowledgements.record(nanos, TimeUnit.NANOSECONDS);
  }

  public void spooled() {
    spooled.increment();
  }

  public void drained(int webhooks) {
    drained.increment(webhooks);
  }

  public void droppedUnknownToken() {
    droppedUnknownToken.increment();
  }

  public void setAside() {
    setAside.increment();
  }

  public void spoolingBegun() {
    spoolings.increment();
  }

  public void ticked(int partitions) {
    ticks.increment(partitions);
  }

  /** A client has followed the link of a mail, and it is durable. */
  public void unsubscribed() {
    unsubscribed.increment();
  }

  public void connectionRefused() {
    connectionsRefused.increment();
  }

  public void controlRecordRejected() {
    controlRecordsRejected.increment();
  }

  /** The way to Kafka failed. */
  public void publisherFailed(Exception failure) {
    publisherErrors
        .computeIfAbsent(failure.getClass().getSimpleName(), this::publisherErrors)
        .increment();
  }

  /** Something that is read when asked for. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value).description(description).register(registry);
  }

  private Counter rejections(String reason) {
    return Counter.builder(PREFIX + "webhooks.rejected")
        .description("Webhooks archived of which something was not understood")
        .tag("reason", reason)
        .register(registry);
  }

  private Counter publisherErrors(String error) {
    return Counter.builder(PREFIX + "publisher.errors")
        .description("Failures on the way to Kafka")
        .tag("error", error)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(PREFIX + name).description(description).register(registry);
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
