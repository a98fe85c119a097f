package io.voronka.jobs.evaluaterules.domain;

import java.time.Duration;
import java.util.Arrays;

/**
 * The events that a subject was last told of, oldest first, as 64-bit fingerprints of their ids
 * with the time each may be forgotten. Kept in the subject's own state, so that looking for a
 * duplicate costs no state access of its own; the oldest move out when there are many.
 *
 * @param ids fingerprints of events' ids, as of {@code StableId}
 * @param expiries epoch seconds, one per id
 * @param spilled true when older ones were moved out
 */
public record SeenEvents(long[] ids, int[] expiries, boolean spilled) {
  /** As long as the raw archive can be redelivered. */
  public static final Duration DATED = Duration.ofDays(30);

  /** Without a vendor's time in it, an id cannot tell a second genuine happening from a repeat. */
  public static final Duration UNDATED = Duration.ofHours(2);

  public static final SeenEvents NONE = new SeenEvents(new long[0], new int[0], false);

  /** More than this move out; most leads have fewer in a month. */
  static final int MOST = 64;

  static final int KEPT = 32;

  public SeenEvents {
    ids = ids == null ? new long[0] : ids;
    expiries = expiries == null ? new int[ids.length] : expiries;
  }

  /** Takes the events that have to be remembered elsewhere. */
  @FunctionalInterface
  public interface Overflow {
    void remember(long id, int expiry) throws Exception;
  }

  /** When an event may be forgotten, epoch seconds. */
  public static int expiry(long eventTime, boolean dated) {
    return (int) ((eventTime + (dated ? DATED : UNDATED).toMillis()) / 1000);
  }

  /** True when it is remembered here and not expired at the time of the log. */
  public boolean contains(long id, long eventTime) {
    for (int i = ids.length - 1; i >= 0; i--) {
      if (ids[i] == id && alive(expiries[i], eventTime)) {
        return true;
      }
    }
    return false;
  }

  public static boolean alive(int expiry, long eventTime) {
    return expiry >= eventTime / 1000;
  }

  /** With one more, and without those that have expired. */
  public SeenEvents with(long id, int expiry, long eventTime, Overflow overflow) throws Exception {
    long[] nextIds = new long[ids.length + 1];
    int[] nextExpiries = new int[ids.length + 1];
    int size = 0;
    for (int i = 0; i < ids.length; i++) {
      if (alive(expiries[i], eventTime)) {
        nextIds[size] = ids[i];
        nextExpiries[size++] = expiries[i];
      }
    }
    nextIds[size] = id;
    nextExpiries[size++] = expiry;
    int first = 0;
    if (size > MOST) {
      first = size - KEPT;
      for (int i = 0; i < first; i++) {
        overflow.remember(nextIds[i], nextExpiries[i]);
      }
    }
    if (first == 0 && size == nextIds.length) {
      return new SeenEvents(nextIds, nextExpiries, spilled);
    }
    return new SeenEvents(
        Arrays.copyOfRange(nextIds, first, size),
        Arrays.copyOfRange(nextExpiries, first, size),
        spilled || first > 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeenEvents that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(expiries, that.expiries)
        && spilled == that.spilled;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(expiries);
  }

  @Override
  public String toString() {
    return "SeenEvents[" + ids.length + (spilled ? " and older" : "") + "]";
  }
}
