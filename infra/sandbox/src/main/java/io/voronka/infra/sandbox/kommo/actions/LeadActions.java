package io.voronka.infra.sandbox.kommo.actions;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.hooks.LeadSignals;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.Stage;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import java.util.List;

/** Making, changing, deleting and restoring leads. */
public final class LeadActions {
  private LeadActions() {}

  /**
   * Makes a lead.
   *
   * @param id null takes the next one
   */
  public static Lead create(Changes changes, Long id, LeadPatch patch) {
    KommoAccount account = changes.account();
    long now = changes.seconds();
    long by = orElse(patch.createdBy(), changes.actor().userId());
    Pipeline pipeline =
        account.pipeline(orElse(patch.pipelineId(), 0)).orElseGet(account::mainPipeline);
    long leadId = id == null ? account.newId() : id;
    long status = orElse(patch.statusId(), firstStage(pipeline));
    Lead lead =
        new Lead(
            leadId,
            patch.name() == null ? "Lead #" + leadId : patch.name(),
            orElse(patch.price(), 0),
            orElse(patch.responsibleUserId(), account.card().users().get(0).id()),
            status,
            pipeline.id(),
            patch.lossReasonId(),
            by,
            orElse(patch.updatedBy(), by),
            orElse(patch.createdAt(), now),
            orElse(patch.updatedAt(), orElse(patch.createdAt(), now)),
            closedAt(status, null, patch, now),
            false,
            FieldChange.apply(List.of(), patch.fields()),
            patch.tags().apply(account, List.of()),
            patch.contactIds());
    changes.put(ChangeKind.LEAD, lead);
    changes.effect("create_lead", "leads", lead.id(), String.valueOf(lead.id()));
    changes.event("lead_added", "lead", lead.id(), Json.array(), Json.array());
    changes.signal(LeadSignals.added(account, lead));
    changes.entered(
        new Changes.StageEntry(lead.id(), lead.pipelineId(), lead.statusId(), 0, 0, true));
    return lead;
  }

  /** Changes a lead; one call may move it, fill fields and tag it at once. */
  public static Lead update(Changes changes, Lead old, LeadPatch patch) {
    KommoAccount account = changes.account();
    long now = changes.seconds();
    long pipelineId = orElse(patch.pipelineId(), old.pipelineId());
    long status = orElse(patch.statusId(), stageWhenOnlyPipelineGiven(account, old, pipelineId));
    Lead lead =
        new Lead(
            old.id(),
            patch.name() == null ? old.name() : patch.name(),
            orElse(patch.price(), old.price()),
            orElse(patch.responsibleUserId(), old.responsibleUserId()),
            status,
            pipelineId,
            patch.lossReasonId() == null ? old.lossReasonId() : patch.lossReasonId(),
            old.createdBy(),
            orElse(patch.updatedBy(), changes.actor().userId()),
            old.createdAt(),
            orElse(patch.updatedAt(), now),
            closedAt(status, old, patch, now),
            old.deleted(),
            FieldChange.apply(old.fields(), patch.fields()),
            patch.tags().apply(account, old.tags()),
            patch.contactIds() == null ? old.contactIds() : patch.contactIds());
    changes.put(ChangeKind.LEAD, lead);
    tellEffects(changes, patch, lead);
    tellFeed(changes, old, lead);
    if (moved(old, lead)) {
      changes.signal(LeadSignals.moved(account, old, lead));
      changes.entered(
          new Changes.StageEntry(
              lead.id(),
              lead.pipelineId(),
              lead.statusId(),
              old.pipelineId(),
              old.statusId(),
              false));
    }
    if (old.responsibleUserId() != lead.responsibleUserId()) {
      changes.signal(LeadSignals.reassigned(account, old, lead));
    }
    changes.signal(LeadSignals.updated(account, old, lead));
    return lead;
  }

  public static void delete(Changes changes, Lead lead) {
    Lead gone = lead.withDeleted(true, changes.actor().userId(), changes.seconds());
    changes.put(ChangeKind.LEAD, gone);
    changes.effect("delete_lead", "leads", lead.id(), null);
    changes.event("lead_deleted", "lead", lead.id(), Json.array(), Json.array());
    changes.signal(LeadSignals.deleted(gone));
  }

  public static void restore(Changes changes, Lead lead) {
    Lead back = lead.withDeleted(false, changes.actor().userId(), changes.seconds());
    changes.put(ChangeKind.LEAD, back);
    changes.effect("restore_lead", "leads", lead.id(), null);
    changes.event("lead_restored", "lead", lead.id(), Json.array(), Json.array());
    changes.signal(LeadSignals.restored(changes.account(), back));
  }

  private static boolean moved(Lead old, Lead lead) {
    return old.statusId() != lead.statusId() || old.pipelineId() != lead.pipelineId();
  }

  /** What was asked for, whether or not it differed from what was there. */
  private static void tellEffects(Changes changes, LeadPatch patch, Lead lead) {
    if (patch.asksForStage()) {
      changes.effect("change_stage", "leads", lead.id(), null);
    }
    if (patch.asksForFields()) {
      changes.effect("update_field", "leads", lead.id(), null);
    }
    if (patch.tags().asked()) {
      changes.effect("add_tags", "leads", lead.id(), null);
    }
    if (!patch.asksForStage() && !patch.asksForFields() && !patch.tags().asked()) {
      changes.effect("update_lead", "leads", lead.id(), null);
    }
  }

  private static void tellFeed(Changes changes, Lead old, Lead lead) {
    if (moved(old, lead)) {
      changes.event("lead_status_changed", "lead", lead.id(), stage(old), stage(lead));
    }
    if (old.responsibleUserId() != lead.responsibleUserId()) {
      changes.event(
          "entity_responsible_changed",
          "lead",
          lead.id(),
          one("responsible_user", Json.object().put("id", old.responsibleUserId())),
          one("responsible_user", Json.object().put("id", lead.responsibleUserId())));
    }
    if (old.price() != lead.price()) {
      changes.event(
          "sale_field_changed",
          "lead",
          lead.id(),
          one("sale_field_value", Json.object().put("sale", old.price())),
          one("sale_field_value", Json.object().put("sale", lead.price())));
    }
    if (!old.name().equals(lead.name())) {
      changes.event(
          "name_field_changed",
          "lead",
          lead.id(),
          one("name_field_value", Json.object().put("name", old.name())),
          one("name_field_value", Json.object().put("name", lead.name())));
    }
    for (FilledField field : lead.fields()) {
      if (!old.fields().contains(field)) {
        changes.event(
            "custom_field_" + field.fieldId() + "_value_changed",
            "lead",
            lead.id(),
            Json.array(),
            one(
                "custom_field_value",
                Json.object()
                    .put("field_id", field.fieldId())
                    .put("text", field.values().get(0).value())));
      }
    }
    lead.tags().stream()
        .filter(tag -> !old.tags().contains(tag))
        .forEach(
            tag ->
                changes.event(
                    "entity_tag_added",
                    "lead",
                    lead.id(),
                    Json.array(),
                    one("tag", Json.object().put("name", tag.name()))));
  }

  private static JsonNode stage(Lead lead) {
    return one(
        "lead_status",
        Json.object().put("id", lead.statusId()).put("pipeline_id", lead.pipelineId()));
  }

  private static JsonNode one(String key, JsonNode value) {
    return Json.array().add(Json.object().set(key, value));
  }

  private static Long closedAt(long status, Lead old, LeadPatch patch, long now) {
    if (patch.closedAt() != null) {
      return patch.closedAt();
    }
    if (status != Stage.WON && status != Stage.LOST) {
      return null;
    }
    return old != null && old.closedAt() != null ? old.closedAt() : (Long) now;
  }

  private static long stageWhenOnlyPipelineGiven(KommoAccount account, Lead old, long pipelineId) {
    return pipelineId == old.pipelineId()
        ? old.statusId()
        : firstStage(account.pipeline(pipelineId).orElseGet(account::mainPipeline));
  }

  private static long firstStage(Pipeline pipeline) {
    return pipeline.stages().stream()
        .filter(s -> s.type() == 0)
        .findFirst()
        .orElse(pipeline.stages().get(0))
        .id();
  }

  private static long orElse(Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
