package io.voronka.rules.domain.subject;

import java.util.List;

/**
 * Where rules stand with a subject. Rules are named by the fingerprint of their id, so that a
 * waiting one costs three numbers.
 *
 * @param armed moments that rules wait for
 * @param firings what rules have fired lately, newest last
 * @param echoes own writes that the vendor will tell us of
 */
public record Standing(List<Armed> armed, List<Firing> firings, List<Echo> echoes) {
  public static final Standing NONE = new Standing(List.of(), List.of(), List.of());

  public Standing {
    armed = armed == null ? List.of() : armed;
    firings = firings == null ? List.of() : firings;
    echoes = echoes == null ? List.of() : echoes;
  }

  /**
   * A rule waits for a moment.
   *
   * @param anchor fingerprint of what the wait began with
   * @param due epoch milliseconds
   */
  public record Armed(long rule, long anchor, long due) {}

  /**
   * A rule fired.
   *
   * @param anchor as in {@link Armed}; of a firing by an event, the event
   * @param at the log's time, epoch milliseconds; {@link #UNCOUNTED} when it is known only
   *     elsewhere whether it counts, and of a wait that was over together with another one of the
   *     rule, whose firing is the one that limits count
   */
  public record Firing(long rule, long anchor, long at) {
    /** A firing that no limit counts. */
    public static final long UNCOUNTED = 0;

    /** Of a wait that was over at the same instant as one that its rule fired for. */
    public static Firing together(Armed wait) {
      return new Firing(wait.rule(), wait.anchor(), UNCOUNTED);
    }
  }

  /**
   * A write that we asked for.
   *
   * @param write fingerprint of what is written and its value
   * @param depth of the chain that an event is in which tells of it
   * @param until when it is not expected any more, epoch milliseconds
   */
  public record Echo(long write, int depth, long until) {}

  public Standing withArmed(List<Armed> moments) {
    return moments.isEmpty() && armed.isEmpty() ? this : new Standing(moments, firings, echoes);
  }

  public Standing withFirings(List<Firing> fired) {
    return new Standing(armed, fired, echoes);
  }

  public Standing withEchoes(List<Echo> expected) {
    return expected == echoes ? this : new Standing(armed, firings, expected);
  }

  /** The first moment that a rule waits for; {@link Long#MAX_VALUE} when none does. */
  public long nextDue() {
    long next = Long.MAX_VALUE;
    for (Armed moment : armed) {
      next = Math.min(next, moment.due());
    }
    return next;
  }
}
