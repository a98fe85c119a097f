package io.voronka.connectors.crm;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What changes about one lead in a request that changes several.
 *
 * @param statusId null: it stays in its stage
 * @param pipelineId null: the stage is one of the lead's present pipeline
 * @param fields none: they stay
 * @param tags added by name, the others stay
 */
public record LeadChange(
    String leadId,
    String statusId,
    String pipelineId,
    List<FieldChange> fields,
    List<String> tags) {
  public LeadChange {
    fields = List.copyOf(fields);
    tags = List.copyOf(tags);
  }

  public static LeadChange stage(String leadId, String statusId, String pipelineId) {
    return new LeadChange(leadId, statusId, pipelineId, List.of(), List.of());
  }

  public static LeadChange fields(String leadId, List<FieldChange> fields) {
    return new LeadChange(leadId, null, null, fields, List.of());
  }

  public static LeadChange tags(String leadId, List<String> tags) {
    return new LeadChange(leadId, null, null, List.of(), tags);
  }

  /** The same with each of its fields changed. */
  public LeadChange withFields(UnaryOperator<FieldChange> change) {
    return new LeadChange(leadId, statusId, pipelineId, fields.stream().map(change).toList(), tags);
  }
}
