package io.voronka.jobs.drivesequences.operators;

import io.voronka.jobs.drivesequences.domain.Orders;
import io.voronka.jobs.drivesequences.domain.SequencesInForce;
import io.voronka.jobs.drivesequences.domain.WrittenAt;
import io.voronka.jobs.drivesequences.operators.state.SubjectMemory;
import io.voronka.jobs.kit.SeenIds;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.FiringTime;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Input;
import io.voronka.sequences.domain.Position;
import io.voronka.sequences.domain.SequenceSet;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Takes the subject of the current key through its time: what is due, then what happens. Its timer
 * always stands at the first moment of the memory that is stored. Each thing happens at its own
 * time, which its record says, and never at that of another: topics are read in any order.
 */
final class SubjectDriver {
  private final ValueState<SubjectMemory> memory;
  private final SeenIds seen;
  private final TimerService timers;
  private final BooleanSupplier held;
  private final long touchMillis;
  private final SequencesInForce sequences;
  private final Output output;
  private final DriveMetrics metrics;

  /** Where what follows goes. */
  @FunctionalInterface
  interface Output {
    void emit(Driven driven, Subject subject, long now);
  }

  /**
   * @param held true when inputs of the current key wait for timers of their own
   * @param touchMillis a memory with enrolments is written again after that time at the latest, so
   *     that the state's lifetime does not end a wait
   */
  SubjectDriver(
      ValueState<SubjectMemory> memory,
      SeenIds seen,
      TimerService timers,
      BooleanSupplier held,
      long touchMillis,
      SequencesInForce sequences,
      Output output,
      DriveMetrics metrics) {
    this.memory = memory;
    this.seen = seen;
    this.timers = timers;
    this.held = held;
    this.touchMillis = touchMillis;
    this.sequences = sequences;
    this.output = output;
    this.metrics = metrics;
  }

  /**
   * False when events mean nothing to a subject: it is inside no sequence, and there is none that
   * it could enter. What was known of it would only grow old, and is forgotten.
   */
  boolean concerns(String key) throws IOException {
    int tenant = key.indexOf('|');
    int account = key.indexOf('|', tenant + 1);
    if (account < 0
        || sequences.of(key.substring(0, tenant)).concerns(key.substring(tenant + 1, account))) {
      return true; // What is no key at all is rejected where it is read.
    }
    SubjectMemory known = memory.value();
    if (known == null) {
      return false;
    }
    if (known.enrolments().running().isEmpty() && !known.subject().equals(SubjectState.EMPTY)) {
      store(known, new SubjectMemory(SubjectState.EMPTY, known.enrolments(), known.seenAt()));
    }
    return !known.enrolments().running().isEmpty();
  }

  /**
   * @param recordedAt the event's time in the log, epoch milliseconds
   */
  void event(CrmEvent event, long recordedAt) throws Exception {
    if (!seen.isNew(event.getId(), recordedAt, event.getOccurredAt() != null)) {
      metrics.duplicate();
      return;
    }
    Subject subject = Subject.of(event);
    SubjectMemory known = known();
    SubjectMemory due = passed(known, subject, recordedAt - 1, recordedAt);
    Driven driven =
        set(subject, recordedAt)
            .event(due.enrolments(), due.subject(), event, Clocks.at(recordedAt), setting(subject));
    SubjectMemory after = taken(due, driven, subject, recordedAt);
    if (after.enrolments().running().isEmpty()) {
      after = after.of(set(subject).outside(after.subject()));
    }
    store(known, after);
  }

  /**
   * @param recordedAt when it was written, epoch milliseconds
   * @param logTime epoch milliseconds
   */
  void outcome(ActionCompleted completed, String key, long recordedAt, long logTime)
      throws Exception {
    Input.Outcome outcome =
        new Input.Outcome(completed.getStep(), completed.getOutcome(), completed.getReason());
    Subject subject = Subject.parse(key);
    SubjectMemory known = known();
    long now = WrittenAt.outcome(recordedAt, logTime);
    SubjectMemory due = passed(known, subject, Math.min(now, logTime), logTime);
    Driven driven =
        set(subject, now)
            .outcome(
                due.enrolments(),
                due.subject(),
                subject,
                outcome,
                Clocks.at(now),
                setting(subject));
    store(known, taken(due, driven, subject, now));
  }

  /**
   * @param logTime epoch milliseconds
   */
  void command(CommandRequested command, long logTime) throws Exception {
    if (command.getKind() == CommandKind.WITHDRAW) {
      return; // The executor's.
    }
    if (!seen.isNew(command.getCommandId(), logTime, true)) {
      metrics.duplicate();
      return;
    }
    Subject subject = Subject.of(command);
    SubjectMemory known = known();
    if (command.getNotAfter() != null && logTime > command.getNotAfter()) {
      metrics.late();
      return;
    }
    long now = WrittenAt.command(command, logTime);
    SubjectMemory due = passed(known, subject, Math.min(now, logTime), logTime);
    store(known, taken(due, obeyed(command, due, subject, Clocks.at(now)), subject, now));
  }

  /**
   * What has come due.
   *
   * @param upTo included, epoch milliseconds
   * @param logTime epoch milliseconds
   */
  void moments(String key, long upTo, long logTime) throws Exception {
    SubjectMemory known = known();
    if (known.enrolments().nextDue() <= upTo) {
      store(known, passed(known, Subject.parse(key), upTo, logTime), upTo);
    } else if (wake(known) <= upTo) {
      store(known, new SubjectMemory(known.subject(), known.enrolments(), upTo), upTo);
    }
  }

  /**
   * Goes by the versions that were published.
   *
   * @param logTime epoch milliseconds
   */
  void settle(String key, long logTime) throws Exception {
    SubjectMemory known = memory.value();
    Subject subject = Subject.parse(key);
    if (known == null || !set(subject).unsettled(known.enrolments(), logTime)) {
      return;
    }
    SubjectMemory due = passed(known, subject, logTime, logTime);
    if (set(subject).unsettled(due.enrolments(), logTime)) {
      due =
          moment(due, subject, Clocks.at(Math.max(due.seenAt(), logTime))); // Its version is gone.
    }
    store(known, due);
  }

  private Driven obeyed(
      CommandRequested command, SubjectMemory due, Subject subject, Clocks clocks) {
    SequenceSet set = set(subject, clocks.firedAt());
    AccountSetting setting = setting(subject);
    if (command.getKind() == CommandKind.START) {
      return set.start(
          due.enrolments(), due.subject(), subject, Orders.start(command), clocks, setting);
    }
    return set.command(
        due.enrolments(),
        due.subject(),
        subject,
        command.getCommandId(),
        command.getSequenceId(),
        command.getEnrolmentId(),
        Orders.command(command),
        clocks,
        setting);
  }

  /**
   * With all that is due until a moment gone through, each at its own time: also a version that was
   * published, after which something else may be due.
   */
  private SubjectMemory passed(SubjectMemory known, Subject subject, long upTo, long logTime) {
    SubjectMemory passed = known;
    for (long due = next(passed, subject);
        due <= upTo && due != Position.NEVER;
        due = next(passed, subject)) {
      passed = moment(passed, subject, new Clocks(due, FiringTime.of(due, logTime)));
    }
    return passed;
  }

  private long next(SubjectMemory known, Subject subject) {
    return Math.min(known.enrolments().nextDue(), set(subject).nextSettlement(known.enrolments()));
  }

  private SubjectMemory moment(SubjectMemory known, Subject subject, Clocks clocks) {
    Driven driven =
        set(subject, clocks.firedAt())
            .moment(known.enrolments(), known.subject(), subject, clocks, setting(subject));
    return taken(known, driven, subject, clocks.firedAt());
  }

  private SubjectMemory taken(SubjectMemory before, Driven driven, Subject subject, long now) {
    metrics.driven(driven);
    output.emit(driven, subject, now);
    return new SubjectMemory(driven.state(), driven.enrolments(), Math.max(before.seenAt(), now));
  }

  private void store(SubjectMemory before, SubjectMemory after) throws IOException {
    store(before, after, Long.MIN_VALUE);
  }

  /**
   * @param fired timers up to this moment have fired, and are gone
   */
  private void store(SubjectMemory before, SubjectMemory after, long fired) throws IOException {
    boolean inside = !after.enrolments().running().isEmpty();
    if (!inside && after.seenAt() - before.seenAt() < touchMillis && after.tellsAs(before)) {
      return;
    }
    if (after.tellsAs(SubjectMemory.EMPTY)) {
      memory.clear();
    } else {
      memory.update(after);
    }
    long old = wake(before);
    long next = wake(after);
    if (old != next) {
      // It may be the timer of a held input too; one too many does no harm.
      if (old > fired && old != Position.NEVER && !held.getAsBoolean()) {
        timers.deleteEventTimeTimer(old);
      }
      if (next != Position.NEVER) {
        timers.registerEventTimeTimer(next);
      }
    }
  }

  /** When the timer of a memory stands. */
  private long wake(SubjectMemory known) {
    return known.enrolments().running().isEmpty()
        ? Position.NEVER
        : Math.min(known.enrolments().nextDue(), known.seenAt() + touchMillis);
  }

  private SequenceSet set(Subject subject) {
    return sequences.of(subject.tenantId());
  }

  /** As conditions compare by the account's fields at a time of the log. */
  private SequenceSet set(Subject subject, long time) {
    return sequences.at(subject.tenantId(), subject.accountId(), time);
  }

  private AccountSetting setting(Subject subject) {
    return sequences.setting(subject.tenantId(), subject.accountId());
  }

  private SubjectMemory known() throws IOException {
    SubjectMemory known = memory.value();
    return known == null ? SubjectMemory.EMPTY : known;
  }
}
