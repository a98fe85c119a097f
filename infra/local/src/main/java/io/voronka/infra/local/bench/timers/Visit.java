package io.voronka.infra.local.bench.timers;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.List;

/** Leads that come for a visit, whose date is in a field: an hour before it their wait is over. */
final class Visit {
  /** Id of the field. */
  static final String FIELD = "427271";

  private static final long BEFORE_SECONDS = 3_600;

  private Visit() {}

  /**
   * A new lead.
   *
   * @param at when the gateway got it, epoch milliseconds
   * @param due when the wait is over, a whole second in epoch milliseconds
   */
  static CrmEvent of(int lead, long at, long due) {
    String date = Long.toString(due / 1_000 + BEFORE_SECONDS);
    return BenchLead.event(EventKind.LEAD_CREATED, lead, at, at - at % 1_000)
        .setCustomFields(
            List.of(
                new CustomField(FIELD, null, "Visit", List.of(new FieldValue(date, null, null)))))
        .build();
  }
}
