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

  /** The subject that was decided about. */
  public static Subject of(RuleDecided decided) {
    return new Subject(
        decided.getTenantId(),
        decided.getAccountId(),
        decided.getSubjectType(),
        decided.getSubjectId());
  }

  /** The subject that a command is about. */
  public static Subject of(CommandRequested command) {
    return new Subject(
        command.getTenantId(),
        command.getAccountId(),
        command.getEntityType(),
        command.getEntityId());
  }

  /** The subject of what a rule or a step asked for. */
  public static Subject of(ActionRequested requested) {
    return new Subject(
        requested.getTenantId(),
        requested.getAccountId(),
        requested.getSubjectType(),
        requested.getSubjectId());
  }

  /** The subject of what came of an action. */
  public static Subject of(ActionCompleted completed) {
    return new Subject(
        completed.getTenantId(),
        completed.getAccountId(),
        completed.getSubjectType(),
        completed.getSubjectId());
  }

  /** The subject that goes through a sequence. */
  public static Subject of(SequenceProgressed progressed) {
    return new Subject(
        progressed.getTenantId(),
        progressed.getAccountId(),
        progressed.getSubjectType(),
        progressed.getSubjectId());
  }

  /**
   * The subject that a key names.
   *
   * @throws IllegalArgumentException when it is no key of a subject
   */
  public static Subject parse(String key) {
    String[] parts = key.split("\\|", 4);
    if (parts.length != 4) {
      throw new IllegalArgumentException("not a subject: " + key);
    }
    return new Subject(parts[0], parts[1], EntityType.valueOf(parts[2]), parts[3]);
  }

  /**
   * {@code tenant|account|TYPE|id}. Tenants and accounts are slugs, so the bars are unambiguous.
   */
  public String key() {
    return tenantId + '|' + accountId + '|' + type.name() + '|' + id;
  }
}
