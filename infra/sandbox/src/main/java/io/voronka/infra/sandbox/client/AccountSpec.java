package io.voronka.infra.sandbox.client;

import io.voronka.infra.sandbox.kommo.model.Bot;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.User;
import java.util.List;

/**
 * A Kommo account to create. Only {@code id} and {@code subdomain} are needed; see {@code
 * README.md} for what a default account holds.
 *
 * @param host {@code kommo.com} (default) or {@code amocrm.ru}
 * @param chatQuota messages that may be sent into talks; negative: not in the tariff
 * @param timeoutCountsAs 499 (default) or 0
 */
public record AccountSpec(
    long id,
    String subdomain,
    String name,
    String host,
    Boolean paid,
    Long chatQuota,
    Integer timeoutCountsAs,
    Boolean retryPipelineHooks,
    Limits limits,
    List<User> users,
    List<Pipeline> pipelines,
    List<CustomField> fields,
    List<Bot> bots,
    List<IntegrationSpec> integrations) {

  /** An account with the default contents. */
  public static AccountSpec of(long id, String subdomain) {
    return new AccountSpec(
        id, subdomain, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  public AccountSpec with(IntegrationSpec integration) {
    return new AccountSpec(
        id,
        subdomain,
        name,
        host,
        paid,
        chatQuota,
        timeoutCountsAs,
        retryPipelineHooks,
        limits,
        users,
        pipelines,
        fields,
        bots,
        List.of(integration));
  }

  public AccountSpec with(Limits newLimits) {
    return new AccountSpec(
        id,
        subdomain,
        name,
        host,
        paid,
        chatQuota,
        timeoutCountsAs,
        retryPipelineHooks,
        newLimits,
        users,
        pipelines,
        fields,
        bots,
        integrations);
  }
}
