package io.voronka.infra.local.redeliver;

import io.voronka.connectors.crm.kommo.webhook.CompressedBody;
import io.voronka.connectors.crm.kommo.webhook.CompressedBody.InflationException;
import io.voronka.connectors.crm.kommo.webhook.Decoded;
import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import io.voronka.schemas.Topics.Topic;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which archived webhooks go back: decoded anew, by what the decoder understands today. Events keep
 * the ids that the happenings gave them.
 */
final class WebhooksAgain {
  private static final String KIND = "webhook";
  private static final String UNINSTALLED = "/uninstalled";

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();
  private final String bootstrapServers;
  private final Order order;
  private final long now;

  WebhooksAgain(String bootstrapServers, Order order, long now) {
    this.bootstrapServers = bootstrapServers;
    this.order = order;
    this.now = now;
  }

  /** A chosen webhook; no events when it is left alone. */
  record Chosen(Item item, List<CrmEvent> events) {}

  List<Chosen> choose() {
    List<WebhookReceived> archived = archived();
    Set<String> missing = new HashSet<>(order.webhooks());
    archived.forEach(webhook -> missing.remove(webhook.getId()));
    Map<String, AccountRow> accounts = archived.isEmpty() ? Map.of() : accounts();
    List<Chosen> chosen = new ArrayList<>();
    missing.stream()
        .sorted()
        .forEach(id -> chosen.add(new Chosen(Item.left(KIND, id, "is not archived"), List.of())));
    archived.forEach(webhook -> chosen.add(judge(webhook, accounts)));
    return chosen;
  }

  private List<WebhookReceived> archived() {
    List<WebhookReceived> found = new ArrayList<>();
    if (order.webhooks().isEmpty() && order.since() == null) {
      return found;
    }
    try (TopicReader<WebhookReceived> reader =
        TopicReader.fromStart(bootstrapServers, Topics.WEBHOOKS_RECEIVED, WebhookReceived.class)) {
      if (order.webhooks().isEmpty()) {
        reader.seek(order.since());
      }
      reader.readToEnd(
          entry -> {
            WebhookReceived webhook = entry.value();
            boolean lately =
                order.since() != null
                    && order.concerns(webhook.getTenantId())
                    && webhook.getReceivedAt() >= order.since()
                    && webhook.getStatus() != WebhookStatus.ACCEPTED;
            if (lately || order.webhooks().contains(webhook.getId())) {
              found.add(webhook);
            }
          });
    }
    return found;
  }

  private Map<String, AccountRow> accounts() {
    Map<String, AccountRow> accounts = new HashMap<>();
    try (TopicReader<ControlChange> reader =
        TopicReader.fromStart(bootstrapServers, Topics.CONTROL_ACCOUNTS, ControlChange.class)) {
      reader.readToEnd(
          entry -> {
            if (entry.value() == null) {
              accounts.remove(entry.key());
            } else if (entry.value().getAccount() != null) {
              accounts.put(entry.key(), entry.value().getAccount());
            }
          });
    }
    return accounts;
  }

  private Chosen judge(WebhookReceived webhook, Map<String, AccountRow> accounts) {
    AccountRow account =
        accounts.get(ControlKeys.account(webhook.getTenantId(), webhook.getAccountId()));
    String where = "of " + webhook.getTenantId() + "|" + webhook.getAccountId();
    if (account == null) {
      return left(webhook, where + ": the account is gone");
    }
    if (webhook.getPath().endsWith(UNINSTALLED)) {
      return left(webhook, where + ": says that the integration was removed; connect it again");
    }
    byte[] body;
    try {
      body =
          CompressedBody.inflated(
              bytes(webhook.getBody()),
              webhook.getHeaders().get("content-encoding"),
              Topic.LARGEST_VALUE);
    } catch (InflationException e) {
      return left(webhook, where + ": still not understood: " + e.getMessage());
    }
    Decoded decoded =
        decoder.decode(context(webhook, account), body, webhook.getHeaders().get("content-type"));
    if (decoded.events().isEmpty()) {
      return left(webhook, where + ": still not understood: " + decoded.detail());
    }
    return new Chosen(
        Item.again(
            KIND, webhook.getId(), where + ": " + Counted.of(decoded.events().size(), "event")),
        decoded.events().stream().map(this::now).toList());
  }

  private static DeliveryContext context(WebhookReceived webhook, AccountRow account) {
    return new DeliveryContext(
        webhook.getTenantId(),
        webhook.getAccountId(),
        account.getVendorAccountId(),
        account.getSubdomain(),
        webhook.getReceivedAt(),
        webhook.getId(),
        webhook.getGatewayId());
  }

  /**
   * As it goes onto the log now. What it was about happened when it first came in, at the latest:
   * rules and deadlines must not take it for news.
   */
  private CrmEvent now(CrmEvent event) {
    return CrmEvent.newBuilder(event)
        .setOccurredAt(
            event.getOccurredAt() == null ? event.getReceivedAt() : event.getOccurredAt())
        .setReceivedAt(now)
        .build();
  }

  private static Chosen left(WebhookReceived webhook, String why) {
    return new Chosen(Item.left(KIND, webhook.getId(), why), List.of());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
