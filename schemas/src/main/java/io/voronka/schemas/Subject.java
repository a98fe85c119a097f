package io.voronka.schemas;

import java.util.Objects;

/**
 * The thing that a rule or a sequence is about. Its key is the Kafka key and the Flink key of
 * everything that concerns it; entity ids collide between CRM accounts, so all four parts are in
 * it.
 */
public record Subject(String tenantId, String accountId, EntityType type, String id) {

  public Subject {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
  }

  /** The subject that an event is routed by. */
  public static Subject of(CrmEvent event) {
    return new Subject(
        event.getTenantId(), event.getAccountId(), event.getSubjectType(), event.getSubjectId());
  }

  /**
   * {@code tenant|account|TYPE|id}. Tenants and accounts are slugs, so the bars are unambiguous.
   */
  public String key() {
    return tenantId + '|' + accountId + '|' + type.name() + '|' + id;
  }
}
