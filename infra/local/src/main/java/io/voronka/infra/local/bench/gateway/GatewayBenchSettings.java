package io.voronka.infra.local.bench.gateway;

import java.time.Duration;

/**
 * How the gateway is measured.
 *
 * @param rounds of each side, taking turns
 * @param measured length of one side's turn
 * @param warmUp of each side, before the first round; the gateway is given twice that
 * @param connections keep-alive connections of the load process
 * @param eventLoops of the gateway and of the bare server
 * @param accounts CRM accounts that the webhooks belong to
 */
public record GatewayBenchSettings(
    int rounds, Duration measured, Duration warmUp, int connections, int eventLoops, int accounts) {

  public GatewayBenchSettings {
    if (rounds < 1 || connections < 1 || eventLoops < 1 || accounts < 1) {
      throw new IllegalArgumentException("rounds, connections, loops and accounts are at least 1");
    }
  }
}
