package io.voronka.infra.sandbox.kommo.model;

/**
 * A column of a funnel.
 *
 * @param type 1 for "incoming leads", 0 otherwise
 */
public record Stage(long id, String name, int sort, String color, int type) {
  /** Won, in every pipeline of every account. */
  public static final long WON = 142;

  /** Lost, in every pipeline of every account. */
  public static final long LOST = 143;
}
