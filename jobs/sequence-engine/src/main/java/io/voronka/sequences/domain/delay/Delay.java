package io.voronka.sequences.domain.delay;

import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.SubjectState;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * When a wait is over: a length of time after its beginning, or a date that a field holds; then, if
 * wanted, at the next time of day; then, if wanted, within certain hours.
 *
 * @param date null: the wait is counted from its beginning
 * @param offsetMillis added to the beginning or to the date; below zero only with a date
 * @param at null: at any time of day
 * @param hours null: at any hour
 */
public record Delay(FieldRef date, long offsetMillis, DailyTime at, ActiveHours hours) {

  /** A length of time and nothing else. */
  public static Delay lasting(long millis) {
    return new Delay(null, millis, null, null);
  }

  /**
   * When it is over, epoch milliseconds; may lie in the past with a date.
   *
   * @param since its beginning, epoch milliseconds
   * @return empty when the date is unknown
   */
  public OptionalLong end(long since, SubjectState state, ZoneId zone) {
    long end = since + offsetMillis;
    if (date != null) {
      Happening known = Anchor.dateField(date).read(date, zone).in(state);
      if (known == null) {
        return OptionalLong.empty();
      }
      end = known.at() + offsetMillis;
    }
    if (at != null) {
      // Of a wait until ten that begins at ten, the next ten is meant.
      boolean fromNow = date == null && offsetMillis == 0;
      end = at.notBefore(fromNow ? end + 1 : end, zone);
    }
    if (hours != null && !hours.contain(end, zone)) {
      end = hours.nextStart(end, zone);
    }
    return OptionalLong.of(end);
  }

  /** True when it follows a field of the lead. */
  public boolean followsField() {
    return date != null;
  }
}
