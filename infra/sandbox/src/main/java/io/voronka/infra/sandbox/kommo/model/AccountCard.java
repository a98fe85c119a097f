package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/**
 * The settings of an account: what changes rarely.
 *
 * @param host the brand's domain, {@code kommo.com} or {@code amocrm.ru}
 * @param paid false answers 402 to everything
 * @param chatQuota messages that may be sent into talks; negative: not in the tariff
 * @param timeoutCountsAs what a webhook that was not answered within 2 s counts as, 499 or 0
 * @param retryPipelineHooks whether Digital Pipeline hooks are retried (Kommo) or not (amoCRM)
 * @param chatChannel null: no channel of the chats API is connected
 */
public record AccountCard(
    long id,
    String subdomain,
    String name,
    String host,
    boolean paid,
    long chatQuota,
    int timeoutCountsAs,
    boolean retryPipelineHooks,
    Limits limits,
    List<User> users,
    List<Pipeline> pipelines,
    List<CustomField> fields,
    List<Bot> bots,
    List<Integration> integrations,
    ChatChannel chatChannel) {
  public AccountCard {
    users = users == null ? List.of() : List.copyOf(users);
    pipelines = pipelines == null ? List.of() : List.copyOf(pipelines);
    fields = fields == null ? List.of() : List.copyOf(fields);
    bots = bots == null ? List.of() : List.copyOf(bots);
    integrations = integrations == null ? List.of() : List.copyOf(integrations);
  }
}
