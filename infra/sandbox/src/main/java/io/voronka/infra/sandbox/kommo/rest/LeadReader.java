package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.actions.LeadPatch;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;

/** Reads a lead as REST v4 takes it. Also used for what people do, so that both can do the same. */
public final class LeadReader {
  private static final int NAME_MOST = 250;

  private LeadReader() {}

  /**
   * Reads and checks one item.
   *
   * @param old the lead to be changed, or null for a new one
   */
  public static LeadPatch read(
      KommoAccount account, Lead old, JsonNode item, Violations violations) {
    ItemReader reader = new ItemReader(item, violations);
    if (!reader.isObject()) {
      return null;
    }
    Long statusId = reader.number("status_id", 1);
    Long pipelineId = reader.number("pipeline_id", 1);
    checkStage(account, old, statusId, pipelineId, violations);
    Long responsible = reader.number("responsible_user_id", 0);
    if (responsible != null && !account.hasUser(responsible)) {
      violations.notAChoice("responsible_user_id");
    }
    FieldReader fields = new FieldReader(account, "leads", violations);
    return new LeadPatch(
        reader.text("name", NAME_MOST),
        reader.number("price", 0),
        statusId,
        pipelineId,
        responsible,
        reader.number("loss_reason_id", 0),
        reader.number("closed_at", 0),
        reader.number("created_at", 0),
        reader.number("updated_at", 0),
        reader.number("created_by", 0),
        reader.number("updated_by", 0),
        fields.fields(item),
        fields.tags(item),
        reader.ids(item.path("_embedded").get("contacts"), "_embedded.contacts"));
  }

  /** A stage must be in the pipeline that the lead is in or goes to. */
  private static void checkStage(
      KommoAccount account, Lead old, Long statusId, Long pipelineId, Violations violations) {
    Pipeline pipeline =
        pipelineId != null
            ? account.pipeline(pipelineId).orElse(null)
            : old != null
                ? account.pipeline(old.pipelineId()).orElse(null)
                : account.mainPipeline();
    if (pipeline == null) {
      violations.notAChoice("pipeline_id");
    } else if (statusId != null && !pipeline.has(statusId)) {
      violations.notAChoice("status_id");
    }
  }
}
