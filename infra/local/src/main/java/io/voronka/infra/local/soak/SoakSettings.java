package io.voronka.infra.local.soak;

import java.util.List;

/**
 * How a soak goes.
 *
 * @param tenant slug of the tenant to make; accounts are named after it
 * @param accounts how many CRM accounts share the load
 * @param ratePerSecond webhooks a second; each must have two effects
 * @param kills how many components are killed, one after the other
 * @param components what may be killed; one of them is picked each time
 * @param seed of the picks and of the moments
 */
public record SoakSettings(
    String tenant,
    int accounts,
    double ratePerSecond,
    int kills,
    List<String> components,
    long seed) {

  public SoakSettings {
    components = List.copyOf(components);
    if (accounts < 1 || ratePerSecond <= 0 || kills < 0 || components.isEmpty()) {
      throw new IllegalArgumentException("a soak needs accounts, load and something to kill");
    }
  }
}
