package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.Lead;
import io.voronka.jobs.executeactions.domain.LeadWrite;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AddTags;
import io.voronka.schemas.ChangeStage;
import java.time.ZoneId;

/** Whether a lead is as an action wants it, however the lead was read. */
final class LeadComparison {
  private LeadComparison() {}

  /**
   * @param zone the tenant's
   * @throws java.util.NoSuchElementException when the action's kind changes no lead
   */
  static ReadResult of(ActionRequested request, Lead lead, ZoneId zone) {
    boolean asWanted =
        switch (LeadWrite.of(request.getKind()).orElseThrow()) {
          case STAGE -> atStage(lead, request.getChangeStage());
          case FIELDS -> FieldComparison.holds(lead, request.getUpdateField().getWrites(), zone);
          case TAGS -> tagged(lead, request.getAddTags());
        };
    return asWanted ? ReadResult.found(lead.id()) : ReadResult.absent();
  }

  private static boolean atStage(Lead lead, ChangeStage wanted) {
    return wanted.getStatusId().equals(lead.statusId())
        && (wanted.getPipelineId() == null || wanted.getPipelineId().equals(lead.pipelineId()));
  }

  private static boolean tagged(Lead lead, AddTags wanted) {
    return wanted.getTags().stream()
        .allMatch(
            name -> lead.tags().stream().anyMatch(tag -> tag.getName().equalsIgnoreCase(name)));
  }
}
