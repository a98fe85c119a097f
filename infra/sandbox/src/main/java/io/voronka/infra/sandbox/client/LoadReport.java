package io.voronka.infra.sandbox.client;

import java.util.Map;

/**
 * How a load goes.
 *
 * @param planned changes
 * @param made changes made so far
 * @param webhooks made so far (fewer than {@code made} where accounts have no subscription)
 * @param answered first attempts that have ended
 * @param delivered webhooks that got a good answer, retries included
 * @param gaveUp webhooks that will not be tried again
 * @param answers attempts by the status that counted; 0 for no connection
 * @param latencyMs of first attempts: sending to the answer's first byte
 * @param lateMs largest delay of a change against its planned time
 * @param done all changes are made and all first attempts have ended
 */
public record LoadReport(
    String id,
    long planned,
    long made,
    long webhooks,
    long answered,
    long delivered,
    long gaveUp,
    Map<Integer, Long> answers,
    Latency latencyMs,
    double lateMs,
    boolean done) {
  /** Milliseconds; zeros when nothing was answered yet. */
  public record Latency(double p50, double p99, double max) {}
}
