package io.voronka.infra.sandbox.kommo.state;

import java.util.List;

/**
 * Something a webhook subscriber may want to hear.
 *
 * @param code subscription code, {@code status_lead}
 * @param top the body's top key, {@code leads}; empty for the unwrapped form
 * @param action {@code status}
 * @param entity for the records only: {@code leads/20100501}
 * @param fields what follows {@code top[action][i]}
 */
public record Signal(String code, String top, String action, String entity, List<Pair> fields) {
  /**
   * One key and value of a body.
   *
   * @param key with its brackets, {@code [tags][0][id]}
   */
  public record Pair(String key, String value) {}
}
