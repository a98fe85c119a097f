package io.voronka.infra.sandbox.load;

import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.kommo.actions.FieldChange;
import io.voronka.infra.sandbox.kommo.actions.LeadActions;
import io.voronka.infra.sandbox.kommo.actions.LeadPatch;
import io.voronka.infra.sandbox.kommo.actions.NoteActions;
import io.voronka.infra.sandbox.kommo.actions.TagChange;
import io.voronka.infra.sandbox.kommo.actions.TalkActions;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;
import java.util.List;

/** Makes one change of a load. */
final class LoadChange {
  private final LoadSpec spec;
  private final Changes changes;
  private final String mark;
  private final Pipeline pipeline;

  LoadChange(LoadSpec spec, Changes changes, String mark) {
    this.spec = spec;
    this.changes = changes;
    this.mark = mark;
    this.pipeline =
        spec.pipelineId() == null
            ? changes.account().mainPipeline()
            : changes
                .account()
                .pipeline(spec.pipelineId())
                .orElseThrow(
                    () -> new IllegalArgumentException("no pipeline " + spec.pipelineId()));
  }

  /**
   * Makes it.
   *
   * @param leadId the lead to use again; 0 for a new one
   * @return the lead used
   */
  long make(long leadId) {
    if (spec.kind() == LoadSpec.Kind.LEAD_ADDED) {
      return LeadActions.create(changes, null, patch(to())).id();
    }
    Lead lead =
        changes
            .account()
            .lead(leadId)
            .orElseGet(() -> LeadActions.create(changes, null, patch(from())));
    switch (spec.kind()) {
      case LEAD_ADDED -> throw new AssertionError("made above");
      case LEAD_MOVED ->
          LeadActions.update(changes, lead, patch(lead.statusId() == to() ? from() : to()));
      case LEAD_UPDATED -> LeadActions.update(changes, lead, patch(null));
      case NOTE_ADDED ->
          NoteActions.add(
              changes, "leads", lead.id(), "common", Json.object().put("text", mark), null);
      case MESSAGE_RECEIVED ->
          TalkActions.receive(
              changes, talk(lead), mark, "Client", TalkActions.Attachment.NONE, false);
    }
    return lead.id();
  }

  private Talk talk(Lead lead) {
    return changes.account().talks().stream()
        .filter(t -> spec.leadsPerAccount() > 0 && t.entityId() == lead.id())
        .findFirst()
        .orElseGet(() -> TalkActions.open(changes, null, 0, lead.id(), "telegram"));
  }

  private LeadPatch patch(Long statusId) {
    List<FieldChange> fields =
        spec.fieldId() == null
            ? List.of()
            : List.of(new FieldChange(spec.fieldId(), List.of(new FieldValue(mark, null, null))));
    return new LeadPatch(
        mark,
        null,
        statusId,
        statusId == null ? null : pipeline.id(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        fields,
        TagChange.none(),
        null);
  }

  private long from() {
    return spec.fromStatusId() == null ? stage(0) : spec.fromStatusId();
  }

  private long to() {
    return spec.toStatusId() == null ? stage(1) : spec.toStatusId();
  }

  /** The n-th stage that is not the inbox. */
  private long stage(int n) {
    return pipeline.stages().stream().filter(s -> s.type() == 0).skip(n).findFirst().get().id();
  }
}
