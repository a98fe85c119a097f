package io.voronka.infra.sandbox.kommo;

/**
 * How subscribers hear of a change.
 *
 * @param batch all events in one body per webhook, instead of one body for each kind
 * @param hold make the webhooks but do not send them yet
 * @param silent make none
 * @param onlyCode only this subscription code, or null for all
 * @param mark kept with each webhook, or null
 * @param load id of the load run, or null
 */
public record Telling(
    boolean batch, boolean hold, boolean silent, String onlyCode, String mark, String load) {
  public static final Telling USUAL = new Telling(false, false, false, null, null, null);
}
