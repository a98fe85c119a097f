package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;

/** What subscribers hear about leads. */
public final class LeadSignals {
  private LeadSignals() {}

  public static Signal added(KommoAccount account, Lead lead) {
    return signal(account, "add", lead, null, null);
  }

  public static Signal restored(KommoAccount account, Lead lead) {
    return signal(account, "restore", lead, null, null);
  }

  /** {@code old} as it was before the change. */
  public static Signal updated(KommoAccount account, Lead old, Lead lead) {
    Long oldStatus = old.statusId() == lead.statusId() ? null : (Long) old.statusId();
    Long oldUser =
        old.responsibleUserId() == lead.responsibleUserId() ? null : (Long) old.responsibleUserId();
    return signal(account, "update", lead, oldStatus, oldUser);
  }

  public static Signal moved(KommoAccount account, Lead old, Lead lead) {
    return signal(account, "status", lead, old.statusId(), null);
  }

  public static Signal reassigned(KommoAccount account, Lead old, Lead lead) {
    return signal(account, "responsible", lead, old.statusId(), old.responsibleUserId());
  }

  public static Signal deleted(Lead lead) {
    FieldList fields =
        new FieldList()
            .add("id", lead.id())
            .add("status_id", lead.statusId())
            .add("pipeline_id", lead.pipelineId());
    return new Signal("delete_lead", "leads", "delete", "leads/" + lead.id(), fields.pairs());
  }

  private static Signal signal(
      KommoAccount account, String action, Lead lead, Long oldStatusId, Long oldUserId) {
    FieldList fields =
        new FieldList()
            .add("id", lead.id())
            .add("name", lead.name())
            .add("status_id", lead.statusId())
            .addIfPresent("old_status_id", oldStatusId)
            .add("price", lead.price())
            .add("responsible_user_id", lead.responsibleUserId())
            .addIfPresent("old_responsible_user_id", oldUserId)
            .add("last_modified", lead.updatedAt())
            .add("modified_user_id", lead.updatedBy())
            .add("created_user_id", lead.createdBy())
            .add("date_create", lead.createdAt())
            .add("pipeline_id", lead.pipelineId())
            .addTags(lead.tags())
            .add("account_id", account.card().id())
            .addCustomFields(account, "leads", lead.fields())
            .add("created_at", lead.createdAt())
            .add("updated_at", lead.updatedAt());
    return new Signal(action + "_lead", "leads", action, "leads/" + lead.id(), fields.pairs());
  }
}
