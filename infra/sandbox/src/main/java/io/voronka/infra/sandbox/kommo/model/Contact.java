package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/** A person or, with {@code company}, a firm: they share their webhook key in Kommo. */
public record Contact(
    long id,
    String name,
    boolean company,
    long responsibleUserId,
    long createdBy,
    long updatedBy,
    long createdAt,
    long updatedAt,
    List<FilledField> fields,
    List<Tag> tags,
    List<Long> leadIds) {
  public Contact {
    fields = fields == null ? List.of() : List.copyOf(fields);
    tags = tags == null ? List.of() : List.copyOf(tags);
    leadIds = leadIds == null ? List.of() : List.copyOf(leadIds);
  }

  /** {@code contacts} or {@code companies}: in paths, and whose custom fields it has. */
  public String entityType() {
    return company ? "companies" : "contacts";
  }
}
