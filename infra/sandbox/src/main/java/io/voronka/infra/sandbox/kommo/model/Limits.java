package io.voronka.infra.sandbox.kommo.model;

/**
 * How many requests one integration may send to one account.
 *
 * @param requestsPerSecond most requests accepted within any 1,000 ms
 * @param retryAfterSeconds told with every 429
 * @param strikesBeforeBlock this many refused requests within the strike window block the caller
 * @param strikeWindowSeconds length of that window
 * @param blockSeconds how long everything answers 403 then
 */
public record Limits(
    int requestsPerSecond,
    int retryAfterSeconds,
    int strikesBeforeBlock,
    int strikeWindowSeconds,
    int blockSeconds) {
  public static Limits standard() {
    return new Limits(7, 1, 50, 60, 60);
  }
}
