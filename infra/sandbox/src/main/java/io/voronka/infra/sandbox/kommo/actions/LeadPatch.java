package io.voronka.infra.sandbox.kommo.actions;

import java.util.List;

/** What to set on a lead; a null component leaves that part as it is. */
public record LeadPatch(
    String name,
    Long price,
    Long statusId,
    Long pipelineId,
    Long responsibleUserId,
    Long lossReasonId,
    Long closedAt,
    Long createdAt,
    Long updatedAt,
    Long createdBy,
    Long updatedBy,
    List<FieldChange> fields,
    TagChange tags,
    List<Long> contactIds) {

  /** Moves a lead and touches nothing else. */
  public static LeadPatch move(long pipelineId, long statusId) {
    return new LeadPatch(
        null,
        null,
        statusId,
        pipelineId,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        TagChange.none(),
        null);
  }

  /** Gives a name and touches nothing else. */
  public static LeadPatch rename(String name) {
    return new LeadPatch(
        name,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        TagChange.none(),
        null);
  }

  boolean asksForStage() {
    return statusId != null || pipelineId != null;
  }

  boolean asksForFields() {
    return !fields.isEmpty()
        || name != null
        || price != null
        || responsibleUserId != null
        || lossReasonId != null;
  }
}
