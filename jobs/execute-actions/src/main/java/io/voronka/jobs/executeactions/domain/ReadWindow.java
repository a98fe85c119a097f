package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionRequested;
import java.time.Duration;

/** From when on a trace of an action is taken for its own. */
public final class ReadWindow {
  private static final long CLOCKS_DIFFER_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long LOG_AHEAD_MILLIS = Duration.ofMinutes(10).toMillis();

  private ReadWindow() {}

  /**
   * Epoch milliseconds by the vendor's clock: the last send we know of, else the decision, less
   * what clocks may differ. As narrow as that, because the same text may lawfully have been written
   * before.
   */
  public static long since(ActionRequested request, ActionProgress progress, long now) {
    long from = progress.sentAt() > 0 ? progress.sentAt() : request.getFiredAt();
    // The log's clock can be set ahead of the vendor's; then it says nothing about the vendor's
    // time.
    long known = from <= now ? from : now - LOG_AHEAD_MILLIS;
    return known - CLOCKS_DIFFER_MILLIS;
  }
}
