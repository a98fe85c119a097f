package io.voronka.infra.local.bench.timers;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.time.Duration;

/** Leads that were changed once: an hour after that, to the millisecond, their wait is over. */
final class LastChange {
  private static final long AFTER_MILLIS = Duration.ofHours(1).toMillis();

  private LastChange() {}

  /**
   * A lead's change, of which we hear less than an hour later.
   *
   * @param at when the gateway got it, epoch milliseconds
   * @param due when the wait is over, epoch milliseconds
   */
  static CrmEvent of(int lead, long at, long due) {
    return BenchLead.event(EventKind.LEAD_UPDATED, lead, at, due - AFTER_MILLIS).build();
  }
}
