package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/**
 * A subscription of the whole account.
 *
 * @param settings event codes such as {@code status_lead}
 * @param disabled switched off by the vendor after too many bad answers
 */
public record Webhook(
    long id,
    String destination,
    List<String> settings,
    int sort,
    long createdBy,
    long createdAt,
    long updatedAt,
    boolean disabled) {
  public Webhook {
    settings = settings == null ? List.of() : List.copyOf(settings);
  }

  public Webhook withDisabled(boolean nowDisabled, long at) {
    return new Webhook(id, destination, settings, sort, createdBy, createdAt, at, nowDisabled);
  }
}
