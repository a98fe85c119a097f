package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/** A deal. Times are epoch seconds; {@code updatedBy} 0 stands for a robot. */
public record Lead(
    long id,
    String name,
    long price,
    long responsibleUserId,
    long statusId,
    long pipelineId,
    Long lossReasonId,
    long createdBy,
    long updatedBy,
    long createdAt,
    long updatedAt,
    Long closedAt,
    boolean deleted,
    List<FilledField> fields,
    List<Tag> tags,
    List<Long> contactIds) {
  public Lead {
    fields = fields == null ? List.of() : List.copyOf(fields);
    tags = tags == null ? List.of() : List.copyOf(tags);
    contactIds = contactIds == null ? List.of() : List.copyOf(contactIds);
  }

  public Lead withDeleted(boolean nowDeleted, long by, long at) {
    return new Lead(
        id,
        name,
        price,
        responsibleUserId,
        statusId,
        pipelineId,
        lossReasonId,
        createdBy,
        by,
        createdAt,
        at,
        closedAt,
        nowDeleted,
        fields,
        tags,
        contactIds);
  }
}
