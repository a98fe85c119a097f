package io.voronka.infra.local.soak;

/**
 * How sequences are tried.
 *
 * @param tenant slug of the tenant to make; accounts are named after it
 * @param accounts how many CRM accounts the leads are in
 * @param leads that enter
 * @param leadsPerSecond how fast they enter
 * @param kills how often the task manager is killed
 * @param seed of the moments
 */
public record SequenceSoakSettings(
    String tenant, int accounts, int leads, double leadsPerSecond, int kills, long seed) {

  public SequenceSoakSettings {
    if (accounts < 1 || leads < 1 || leadsPerSecond <= 0 || kills < 0) {
      throw new IllegalArgumentException("sequences are tried with accounts and leads");
    }
  }
}
