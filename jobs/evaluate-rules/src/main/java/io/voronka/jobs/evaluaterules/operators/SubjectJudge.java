package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.FiringTime;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.operators.state.SubjectMemory;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Judges the events and the moments of the current key. Its timer always stands at the first moment
 * of the memory that is stored.
 */
final class SubjectJudge {
  private final ValueState<SubjectMemory> memory;
  private final MapState<Long, Integer> olderEvents;
  private final TimerService timers;
  private final RulesInForce rules;
  private final JudgeOutput output;
  private final JudgeMetrics metrics;

  SubjectJudge(
      ValueState<SubjectMemory> memory,
      MapState<Long, Integer> olderEvents,
      TimerService timers,
      RulesInForce rules,
      JudgeOutput output,
      JudgeMetrics metrics) {
    this.memory = memory;
    this.olderEvents = olderEvents;
    this.timers = timers;
    this.rules = rules;
    this.output = output;
    this.metrics = metrics;
  }

  /**
   * Judges the moments before the event, then the event; nothing when it was seen before. One read
   * and one write of state.
   *
   * @param time the event's time in the log, epoch milliseconds
   */
  void event(CrmEvent event, long time) throws Exception {
    SubjectMemory known = known();
    long id = SeenEvents.fingerprint(event.getId());
    if (seen(known.seen(), id, time)) {
      metrics.duplicate();
      return;
    }
    SubjectState state = known.subject();
    if (state.standing().nextDue() < time) {
      state = moments(Subject.of(event), state, time - 1, time);
    }
    AccountSetting setting = rules.setting(event.getTenantId(), event.getAccountId());
    Decision decision =
        rules
            .at(event.getTenantId(), event.getAccountId(), time)
            .decide(state, event, Clocks.at(time), setting);
    int expiry = SeenEvents.expiry(time, event.getOccurredAt() != null);
    store(
        known,
        new SubjectMemory(decision.state(), known.seen().with(id, expiry, time, olderEvents::put)));
    metrics.judged(decision);
    output.emit(decision, setting);
    quarantine(event.getTenantId(), decision);
  }

  /**
   * Judges the moments that have come.
   *
   * @param now the log's time, epoch milliseconds
   */
  void moments(String key, long upTo, long now) throws Exception {
    SubjectMemory known = known();
    if (known.subject().standing().nextDue() <= upTo) {
      SubjectState state = moments(Subject.parse(key), known.subject(), upTo, now);
      store(known, new SubjectMemory(state, known.seen()));
    }
  }

  /**
   * Works out anew what the subject's rules wait for.
   *
   * @param now the log's time, epoch milliseconds
   */
  void rearm(String key, long now) throws Exception {
    SubjectMemory known = memory.value();
    if (known == null) {
      return;
    }
    Subject subject = Subject.parse(key);
    AccountSetting setting = rules.setting(subject.tenantId(), subject.accountId());
    SubjectState state =
        rules
            .at(subject.tenantId(), subject.accountId(), now)
            .rearm(known.subject(), subject, now, setting);
    if (!state.standing().armed().equals(known.subject().standing().armed())) {
      store(known, new SubjectMemory(state, known.seen()));
    }
  }

  private SubjectState moments(Subject subject, SubjectState before, long upTo, long now) {
    SubjectState state = before;
    AccountSetting setting = rules.setting(subject.tenantId(), subject.accountId());
    while (state.standing().nextDue() <= upTo) {
      long due = state.standing().nextDue();
      Clocks clocks = new Clocks(due, FiringTime.of(due, now));
      Decision decision =
          rules
              .at(subject.tenantId(), subject.accountId(), clocks.firedAt())
              .decideMoment(state, subject, clocks, setting);
      metrics.moment(decision);
      output.emit(decision, setting);
      quarantine(subject.tenantId(), decision);
      state = decision.state();
    }
    return state;
  }

  private void quarantine(String tenantId, Decision decision) {
    for (RuleVersion member : decision.overBudget()) {
      rules.quarantine(tenantId, member);
    }
  }

  private void store(SubjectMemory before, SubjectMemory after) throws IOException {
    memory.update(after);
    long old = before.subject().standing().nextDue();
    long next = after.subject().standing().nextDue();
    if (old != next) {
      if (old != Long.MAX_VALUE) {
        timers.deleteEventTimeTimer(old);
      }
      if (next != Long.MAX_VALUE) {
        timers.registerEventTimeTimer(next);
      }
    }
  }

  private SubjectMemory known() throws IOException {
    SubjectMemory known = memory.value();
    return known == null ? SubjectMemory.EMPTY : known;
  }

  private boolean seen(SeenEvents recent, long id, long time) throws Exception {
    if (recent.contains(id, time)) {
      return true;
    }
    if (!recent.spilled()) {
      return false;
    }
    Integer expiry = olderEvents.get(id);
    return expiry != null && SeenEvents.alive(expiry, time);
  }
}
