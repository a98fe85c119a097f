package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.WrittenLeads;
import io.voronka.jobs.executeactions.domain.LeadWrite;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ChangeStage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Actions that say how leads shall be, as one request, and its answer as theirs. One lead that the
 * vendor minds keeps all from being changed: those that it names are sent by themselves, and hear
 * then what is wrong; the others go together again. All of them may be repeated without harm.
 */
final class LeadBatch {
  private LeadBatch() {}

  /**
   * @throws IllegalArgumentException when a field of it is not named by exactly one name
   */
  static LeadChange change(ActionRequested request) {
    String lead = request.getSubjectId();
    LeadWrite write =
        LeadWrite.of(request.getKind())
            .orElseThrow(
                () -> new IllegalArgumentException("changes no lead: " + request.getKind()));
    return switch (write) {
      case STAGE -> {
        ChangeStage wanted = request.getChangeStage();
        yield LeadChange.stage(lead, wanted.getStatusId(), wanted.getPipelineId());
      }
      case FIELDS ->
          LeadChange.fields(
              lead, request.getUpdateField().getWrites().stream().map(FieldChange::of).toList());
      case TAGS -> LeadChange.tags(lead, request.getAddTags().getTags());
    };
  }

  static List<SendResult> results(List<LeadChange> changes, CrmReply<WrittenLeads> reply) {
    return reply.fold(
        written -> changes.stream().map(change -> written(change, written)).toList(),
        failure -> failed(changes.size(), failure));
  }

  private static SendResult written(LeadChange change, WrittenLeads written) {
    return written.ids().contains(change.leadId())
        ? SendResult.done(written.status(), change.leadId())
        : SendResult.apart(
            written.status(), Reason.UNEXPECTED_ANSWER, "the answer does not name the lead");
  }

  private static List<SendResult> failed(int size, CrmFailure failure) {
    // Forbidden too: rights are given lead by lead.
    boolean aboutOne =
        failure.kind() == CrmFailure.Kind.INVALID
            || failure.kind() == CrmFailure.Kind.NOT_FOUND
            || failure.kind() == CrmFailure.Kind.FORBIDDEN;
    if (!aboutOne) {
      return IntStream.range(0, size).mapToObj(i -> CrmResults.sendFailed(failure)).toList();
    }
    Set<String> named =
        failure.validationErrors().stream()
            .map(CrmFailure.ValidationError::item)
            .collect(Collectors.toSet());
    boolean told = IntStream.range(0, size).anyMatch(i -> named.contains(String.valueOf(i)));
    Integer status = failure.status() == 0 ? null : failure.status();
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                told && !named.contains(String.valueOf(i))
                    ? SendResult.again(status, Reason.BAD_REQUEST, "another one was refused")
                    : SendResult.apart(status, CrmResults.reason(failure), failure.detail()))
        .toList();
  }
}
