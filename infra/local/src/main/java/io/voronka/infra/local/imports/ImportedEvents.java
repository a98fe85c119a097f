package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.StableId;

/** Entities of the CRM as events. */
final class ImportedEvents {
  /** Where a webhook's event names its gateway. */
  static final String WRITER = "import";

  private ImportedEvents() {}

  /**
   * The id is made of the entity and the time of its last change, so that reading it twice gives
   * one event.
   *
   * @param now publisher's clock, epoch milliseconds
   */
  static CrmEvent of(CrmAccount account, ImportedKind kind, Card card, long now) {
    return CrmEvent.newBuilder()
        .setId(
            StableId.of(
                WRITER,
                account.tenantId(),
                account.accountId(),
                kind.word(),
                card.id(),
                String.valueOf(card.updatedAt().getEpochSecond())))
        .setKind(kind.event())
        .setTenantId(account.tenantId())
        .setAccountId(account.accountId())
        .setEntityType(kind.type())
        .setEntityId(card.id())
        .setSubjectType(kind.type())
        .setSubjectId(card.id())
        .setReceivedAt(now)
        // A change dated ahead would make all that happens until then look overtaken.
        .setOccurredAt(Math.min(card.updatedAt().toEpochMilli(), now))
        .setGatewayId(WRITER)
        .setActorId(card.updatedBy())
        .setFields(card.fields())
        .setCustomFields(card.customFields())
        .setTags(card.tags())
        .setLinks(card.links())
        .build();
  }
}
