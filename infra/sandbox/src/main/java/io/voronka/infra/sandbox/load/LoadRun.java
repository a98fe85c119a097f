package io.voronka.infra.sandbox.load;

import io.voronka.infra.sandbox.client.LoadReport;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far one run has come and what its webhooks were told so far. */
final class LoadRun {
  private final LoadSpec spec;
  private final Map<String, long[]> pools = new HashMap<>();
  private final Map<Integer, Long> answers = new TreeMap<>();
  private double[] latencies = new double[1024];
  private int answered;
  private long delivered;
  private long gaveUp;
  private long made;
  private long webhooks;
  private double lateMs;
  private boolean stopped;
  private long startedNanos;
  private long madeBeforeStart;

  LoadRun(LoadSpec spec) {
    this.spec = spec;
  }

  LoadSpec spec() {
    return spec;
  }

  void start(long nowNanos) {
    startedNanos = nowNanos;
    madeBeforeStart = made;
  }

  /** How many changes should have been made by now. */
  long due(long nowNanos) {
    double seconds = (nowNanos - startedNanos) / 1e9;
    return Math.min(spec.count(), madeBeforeStart + (long) (seconds * spec.ratePerSecond()) + 1);
  }

  /** Nanoseconds until the next change is to be made; negative when it is late. */
  long untilNext(long nowNanos) {
    double plannedNanos = (made - madeBeforeStart) * 1e9 / spec.ratePerSecond();
    return startedNanos + (long) plannedNanos - nowNanos;
  }

  /** Notes by how much the next change misses its time. */
  void late(long nowNanos) {
    lateMs = Math.max(lateMs, -untilNext(nowNanos) / 1e6);
  }

  long made() {
    return made;
  }

  void made(long index, int deliveries) {
    made = Math.max(made, index + 1);
    webhooks += deliveries;
  }

  void stop() {
    stopped = true;
  }

  boolean finished() {
    return stopped || made >= spec.count();
  }

  /** The account that change {@code index} is for. */
  KommoAccount account(List<KommoAccount> accounts, long index) {
    return accounts.get((int) (index % accounts.size()));
  }

  /** The pooled lead for change {@code index}; 0 when it is still to be made. */
  long pooled(String account, long index) {
    return pools.computeIfAbsent(account, k -> new long[spec.leadsPerAccount()])[slot(index)];
  }

  void pool(String account, long index, long leadId) {
    pools.computeIfAbsent(account, k -> new long[spec.leadsPerAccount()])[slot(index)] = leadId;
  }

  private int slot(long index) {
    return (int) ((index / Math.max(1, pools.size())) % spec.leadsPerAccount());
  }

  void record(Attempt attempt) {
    if (attempt.attempt() == 1) {
      if (answered == latencies.length) {
        latencies = Arrays.copyOf(latencies, latencies.length * 2);
      }
      latencies[answered++] = attempt.latencyMs();
    }
    if (attempt.sent()) {
      answers.merge(attempt.answer(), 1L, Long::sum);
    }
    switch (attempt.state()) {
      case DELIVERED -> delivered++;
      case GAVE_UP, SWITCHED_OFF -> gaveUp++;
      case RETRYING -> {}
    }
  }

  LoadReport report() {
    double[] sorted = Arrays.copyOf(latencies, answered);
    Arrays.sort(sorted);
    return new LoadReport(
        spec.id(),
        spec.count(),
        made,
        webhooks,
        answered,
        delivered,
        gaveUp,
        Map.copyOf(answers),
        new LoadReport.Latency(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1)),
        lateMs,
        finished() && answered >= webhooks);
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
