package io.voronka.gateway.deliver;

import io.voronka.gateway.deliver.SpoolJudge.Fate;
import io.voronka.gateway.deliver.SpoolJudge.Judged;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.Spool;
import io.voronka.gateway.spool.SpoolEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the spool in windows, and lets them out of it when they have been sent. One thread's. */
final class SpoolWindows {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolWindows.class);
  private static final int WINDOW_BYTES = 1 << 20;

  private final Spool spool;
  private final SpoolJudge judge;
  private final GatewayMetrics metrics;
  private final int maxEntries;

  /** So many entries go one by one, because one among them is never taken by the log. */
  private int singly;

  SpoolWindows(Spool spool, SpoolJudge judge, GatewayMetrics metrics, int maxEntries) {
    this.spool = spool;
    this.judge = judge;
    this.metrics = metrics;
    this.maxEntries = maxEntries;
  }

  /** The oldest entries; the same ones again until they have left. */
  SpoolWindow next() throws IOException {
    List<Judged> window = new ArrayList<>();
    for (SpoolEntry entry : spool.peek(singly > 0 ? 1 : maxEntries, WINDOW_BYTES)) {
      Judged judged = judge.judge(entry);
      if (judged.fate() == Fate.WAIT) {
        return new SpoolWindow(window, true);
      }
      window.add(judged);
    }
    return new SpoolWindow(window, false);
  }

  /** The log has it all. */
  void leave(SpoolWindow window) throws IOException {
    List<SpoolEntry> entries = new ArrayList<>(window.judged().size());
    for (Judged judged : window.judged()) {
      if (judged.fate() == Fate.SET_ASIDE) {
        spool.setAside(judged.entry());
      }
      entries.add(judged.entry());
    }
    spool.drained(entries);
    singly = Math.max(0, singly - entries.size());
    metrics.drained(entries.size());
    window.judged().forEach(judged -> judged.count(metrics));
  }

  /**
   * The log will never take one of the records: finds its entry and puts it out of the others' way.
   */
  void unpublishable(SpoolWindow window, UnpublishableException failure) throws IOException {
    if (window.judged().size() > 1) {
      singly = window.judged().size();
      return;
    }
    SpoolEntry entry = window.judged().get(0).entry();
    LOG.error("an entry received at {} cannot be published", entry.receivedAt(), failure);
    leave(new SpoolWindow(List.of(new Judged(entry, Fate.SET_ASIDE, List.of(), null)), false));
  }
}
