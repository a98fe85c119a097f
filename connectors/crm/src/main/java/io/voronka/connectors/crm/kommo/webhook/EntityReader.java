package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;

/** Knows one kind of entity. */
interface EntityReader {
  /** True for the actions that it can read: what stands in the second name of a key. */
  boolean knows(String action);

  /**
   * Reads one entity into an event, or names the problem.
   *
   * @param action one that it knows
   * @param entity its named children are the entity's fields; numbered ones belong to others
   */
  void read(String action, FormNode entity, Findings findings);

  /** Reads what came as a bare text, {@code leads[delete][0]=5}. */
  default void readText(String action, String text, Findings findings) {
    findings.problem(NotUnderstood.Reason.MISSING_ID);
  }
}
