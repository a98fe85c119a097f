package io.voronka.gateway.http;

import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.deliver.ArrivalClock;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.metrics.GatewayMetrics;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the request handlers share; all of it is thread-safe.
 *
 * @param ids of archived requests, each new
 * @param unsubscribing opens the links of mails; empty: there are none
 */
public record GatewayParts(
    AccountDirectory accounts,
    WebhookAcceptor acceptor,
    Outbox outbox,
    ArrivalClock clock,
    Supplier<String> ids,
    GatewayMetrics metrics,
    Optional<UnsubscribeSeal> unsubscribing) {}
