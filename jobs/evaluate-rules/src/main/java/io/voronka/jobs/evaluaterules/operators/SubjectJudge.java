package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.jobs.evaluaterules.operators.state.SubjectMemory;
import io.voronka.jobs.kit.SubjectTimer;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * Judges the events and the moments of the current key. Its timer always stands at the first moment
 * of the memory that is stored.
 */
final class SubjectJudge {
  private final ValueState<SubjectMemory> memory;
  private final MapState<Long, Integer> olderEvents;
  private final SubjectTimer timer;
  private final SubjectCourse course;
  private final JudgeMetrics metrics;

  SubjectJudge(
      ValueState<SubjectMemory> memory,
      MapState<Long, Integer> olderEvents,
      SubjectTimer timer,
      RulesInForce rules,
      JudgeOutput output,
      JudgeMetrics metrics) {
    this.memory = memory;
    this.olderEvents = olderEvents;
    this.timer = timer;
    this.course = new SubjectCourse(rules, new Counted(output, metrics));
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
    long id = StableId.fingerprint(event.getId());
    if (seen(known.seen(), id, time)) {
      metrics.duplicate();
      return;
    }
    Place after = course.event(known.place(), event, time);
    int expiry = SeenEvents.expiry(time, event.getOccurredAt() != null);
    store(known, known.at(after, known.seen().with(id, expiry, time, olderEvents::put)));
  }

  /**
   * Judges the moments that have come.
   *
   * @param upTo included; timers up to it have fired
   * @param now the log's time, epoch milliseconds
   */
  void moments(String key, long upTo, long now) throws Exception {
    SubjectMemory known = known();
    if (known.subject().standing().nextDue() <= upTo) {
      store(known, known.at(course.pass(known.place(), Subject.parse(key), upTo, now)), upTo);
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
    Place after = course.rearm(known.place(), Subject.parse(key), now);
    // Left as it is, it goes by the same sets again the next time, which changes nothing.
    if (!after.state().standing().equals(known.subject().standing())) {
      store(known, known.at(after));
    }
  }

  private void store(SubjectMemory before, SubjectMemory after) throws IOException {
    store(before, after, Long.MIN_VALUE);
  }

  /**
   * @param fired timers up to this moment have fired, and are gone
   */
  private void store(SubjectMemory before, SubjectMemory after, long fired) throws IOException {
    memory.update(after);
    timer.move(before.subject().standing().nextDue(), after.subject().standing().nextDue(), fired);
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

  /** Decisions on their way out are counted. */
  private record Counted(JudgeOutput output, JudgeMetrics metrics)
      implements SubjectCourse.Listener {
    @Override
    public void atEvent(Decision decision, AccountSetting setting) {
      metrics.judged(decision);
      output.emit(decision, setting);
    }

    @Override
    public void atMoment(Decision decision, AccountSetting setting) {
      metrics.moment(decision);
      output.emit(decision, setting);
    }
  }
}
