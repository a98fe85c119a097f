package io.voronka.gateway.accept;

import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookReceived;
import java.util.List;

/**
 * The records that one webhook becomes, in the order in which they are to be written.
 *
 * @param alerts what people have to be told about it, mostly nothing
 */
public record AcceptedWebhook(
    WebhookReceived received, List<CrmEvent> events, List<AlertRaised> alerts) {}
