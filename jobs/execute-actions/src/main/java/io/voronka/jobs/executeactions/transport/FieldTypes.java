package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange.Target;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.schemas.EntityType;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Types of the accounts' custom fields, by the vendor's names. Asked of the account itself, since
 * its catalogue among the control rows is as old as its last import, and many were never imported;
 * remembered for an hour, or for a minute where a field was looked for in vain. Thread-safe.
 */
final class FieldTypes {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration MISSED = Duration.ofMinutes(1);

  /** 5,000 fields: an answer that always has a next page must end too. */
  private static final int PAGES = 20;

  private final CrmInventory inventory;
  private final Clock clock;
  private final Map<Owner, Asked> asked = new ConcurrentHashMap<>();

  FieldTypes(CrmInventory inventory, Clock clock) {
    this.inventory = inventory;
    this.clock = clock;
  }

  /** How a write names a field. */
  record Name(Target target, String name) {}

  private record Owner(String tenantId, String accountId, EntityType entity) {}

  private record Asked(CompletableFuture<CrmReply<Map<Name, String>>> types, long at) {
    boolean serves(Set<Name> names, long now) {
      if (!types.isDone()) {
        return true;
      }
      CrmReply<Map<Name, String>> reply = types.join();
      Duration kept = reply.isOk() && reply.value().keySet().containsAll(names) ? KEPT : MISSED;
      return reply.isOk() && now - at < kept.toMillis();
    }
  }

  /**
   * What is known of the account's fields. An account that does not tell for good is an account of
   * which nothing is known; a failure is one that may pass.
   *
   * @param names fields that the caller wants to know of
   */
  CompletableFuture<CrmReply<Map<Name, String>>> of(
      CrmAccount account, EntityType entity, Set<Name> names) {
    Owner owner = new Owner(account.tenantId(), account.accountId(), entity);
    Asked before = asked.get(owner);
    if (before != null && before.serves(names, clock.millis())) {
      return before.types();
    }
    Asked now = new Asked(read(account, entity, 1, new HashMap<>()), clock.millis());
    asked.put(owner, now);
    return now.types();
  }

  private CompletableFuture<CrmReply<Map<Name, String>>> read(
      CrmAccount account, EntityType entity, int page, Map<Name, String> types) {
    return inventory
        .readFields(account, entity, page)
        .thenCompose(
            reply -> {
              if (!reply.isOk()) {
                return CompletableFuture.completedFuture(
                    reply.failure().kind().isTransient()
                        ? CrmReply.failed(reply.failure())
                        : unknown());
              }
              for (FieldDefinition field : reply.value().items()) {
                types.put(new Name(Target.CUSTOM_BY_ID, field.id()), field.type());
                if (field.code() != null) {
                  types.put(new Name(Target.CUSTOM_BY_CODE, field.code()), field.type());
                }
              }
              return reply.value().more() && page < PAGES
                  ? read(account, entity, page + 1, types)
                  : CompletableFuture.completedFuture(CrmReply.of(Map.copyOf(types)));
            });
  }

  private static CrmReply<Map<Name, String>> unknown() {
    return CrmReply.of(Map.of());
  }
}
