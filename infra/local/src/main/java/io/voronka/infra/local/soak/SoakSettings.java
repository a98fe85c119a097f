package io.voronka.infra.local.soak;

import java.util.List;

/**
 * How a soak goes.
 *
 * @param tenant slug of the tenant to make; accounts are named after it
 * @param accounts how many CRM accounts share the load
 * @param ratePerSecond leads moved a second, with two effects each; and an eighth as many messages
 * @param kills how many components are killed, one after the other
 * @param components what is killed, in turns: components of the stack, and jobs by name
 * @param seed of the order and of the moments
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
