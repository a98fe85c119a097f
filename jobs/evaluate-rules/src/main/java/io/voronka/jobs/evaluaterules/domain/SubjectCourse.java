package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.FiringTime;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;

/**
 * How a subject goes through the log's time: its events, the moments that its rules wait for, and
 * the rule sets that come into force, each at its own time and in this order. Nothing here depends
 * on when it is called, so that the job, restarted as often as it may be, and a replay of the log
 * decide the same.
 *
 * <pre>
 *  at one instant:  moments armed for it by earlier rules ─▶ the new set ─▶ moments that it arms for now
 *                   an event of the subject ─▶ moments of that instant
 * </pre>
 */
public final class SubjectCourse {
  private final RulesInForce rules;
  private final Listener listener;

  public SubjectCourse(RulesInForce rules, Listener listener) {
    this.rules = rules;
    this.listener = listener;
  }

  /** Told of every decision, in their order. */
  public interface Listener {
    void atEvent(Decision decision, AccountSetting setting);

    void atMoment(Decision decision, AccountSetting setting);
  }

  /**
   * Where a subject is.
   *
   * @param ruledAt time of the log, epoch milliseconds, up to which the rule sets that came into
   *     force have been gone by; {@link #NEW} of a subject that nothing is known of
   */
  public record Place(SubjectState state, long ruledAt) {
    /** A subject that nothing is known of waits for nothing, whatever the rules were. */
    public static final long NEW = Long.MAX_VALUE;
  }

  /**
   * Judges what comes before the event, then the event.
   *
   * @param time the event's time in the log, epoch milliseconds
   */
  public Place event(Place before, CrmEvent event, long time) {
    Place at = pass(before, Subject.of(event), time - 1, time);
    AccountSetting setting = rules.setting(event.getTenantId(), event.getAccountId());
    Decision decision =
        rules
            .at(event.getTenantId(), event.getAccountId(), time)
            .decide(at.state(), event, Clocks.at(time), setting);
    listener.atEvent(decision, setting);
    rules.took(event.getTenantId(), decision, time);
    return new Place(decision.state(), time);
  }

  /**
   * Judges what comes by itself.
   *
   * @param upTo included, epoch milliseconds
   * @param now the log's time, epoch milliseconds
   */
  public Place pass(Place before, Subject subject, long upTo, long now) {
    SubjectState state = before.state();
    long ruledAt = before.ruledAt();
    while (true) {
      long due = state.standing().nextDue();
      long change = rules.nextChange(subject.tenantId(), ruledAt).orElse(Long.MAX_VALUE);
      if (Math.min(due, change) > upTo) {
        break;
      }
      if (due <= change) {
        state = moment(state, subject, due, now);
      } else {
        state = rearmed(state, subject, change);
        ruledAt = change;
      }
    }
    return new Place(state, Math.max(ruledAt, upTo));
  }

  /**
   * Goes by the rules as they are now. Beside what {@link #pass} does, this takes in what has no
   * time in the log: rows that came late, accounts that were switched off or on. A subject whose
   * partition is ahead of the others is judged at its own time.
   *
   * @param now the log's time, epoch milliseconds
   */
  public Place rearm(Place before, Subject subject, long now) {
    Place at = pass(before, subject, now, now);
    long time = at.ruledAt() == Place.NEW ? now : at.ruledAt();
    return new Place(rearmed(at.state(), subject, time), at.ruledAt());
  }

  private SubjectState rearmed(SubjectState state, Subject subject, long time) {
    AccountSetting setting = rules.setting(subject.tenantId(), subject.accountId());
    return rules
        .at(subject.tenantId(), subject.accountId(), time)
        .rearm(state, subject, time, setting);
  }

  private SubjectState moment(SubjectState state, Subject subject, long due, long now) {
    AccountSetting setting = rules.setting(subject.tenantId(), subject.accountId());
    Clocks clocks = new Clocks(due, FiringTime.of(due, now));
    Decision decision =
        rules
            .at(subject.tenantId(), subject.accountId(), clocks.firedAt())
            .decideMoment(state, subject, clocks, setting);
    listener.atMoment(decision, setting);
    rules.took(subject.tenantId(), decision, clocks.firedAt());
    return decision.state();
  }
}
