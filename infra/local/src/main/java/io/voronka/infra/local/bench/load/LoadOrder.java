package io.voronka.infra.local.bench.load;

import java.util.List;

/**
 * One stretch of load.
 *
 * @param tokens path tokens of the accounts; connections take turns with them
 * @param accounts the accounts' numeric ids, in the order of the tokens
 * @param ratePerSecond evenly paced requests a second; 0: each connection sends the next request
 *     when the last is answered
 * @param millis how long new requests are sent
 * @param firstNumber of the webhooks; each is a different event as long as numbers do not repeat
 */
public record LoadOrder(
    String host,
    int port,
    List<String> tokens,
    List<Long> accounts,
    int connections,
    double ratePerSecond,
    long millis,
    long firstNumber) {

  public LoadOrder {
    tokens = List.copyOf(tokens);
    accounts = List.copyOf(accounts);
    if (tokens.isEmpty() || tokens.size() != accounts.size() || connections < 1) {
      throw new IllegalArgumentException("load needs accounts with a token each, and connections");
    }
  }
}
