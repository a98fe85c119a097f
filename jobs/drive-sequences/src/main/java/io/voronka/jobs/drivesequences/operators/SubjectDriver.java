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
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Causes;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Input;
import io.voronka.sequences.domain.Position;
import io.voronka.sequences.domain.SequenceSet;
import java.io.IOException;

/**
 * Takes the subject of the current key through its time: what is due, then what happens. Each thing
 * happens at its own time, which its record says, and never at that of another: topics are read in
 * any order.
 */
final class SubjectDriver {
  private final SubjectStore memory;
  private final SeenIds seen;
  private final SequencesInForce sequences;
  private final Output output;
  private final DriveMetrics metrics;

  /** Where what follows goes. */
  @FunctionalInterface
  interface Output {
    void emit(Driven driven, Subject subject, long now);
  }

  SubjectDriver(
      SubjectStore memory,
      SeenIds seen,
      SequencesInForce sequences,
      Output output,
      DriveMetrics metrics) {
    this.memory = memory;
    this.seen = seen;
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
    SubjectMemory known = memory.stored();
    if (known == null) {
      return false;
    }
    if (known.enrolments().running().isEmpty() && !known.subject().equals(SubjectState.EMPTY)) {
      memory.store(
          known, new SubjectMemory(SubjectState.EMPTY, known.enrolments(), known.seenAt()));
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
    SubjectMemory known = memory.known();
    SubjectMemory due = passed(known, subject, recordedAt - 1, recordedAt);
    Driven driven =
        set(subject, recordedAt)
            .event(due.enrolments(), due.subject(), event, Clocks.at(recordedAt), setting(subject));
    SubjectMemory after = taken(due, driven, subject, recordedAt);
    if (after.enrolments().running().isEmpty()) {
      after = after.of(set(subject).outside(after.subject()));
    }
    memory.store(known, after);
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
    SubjectMemory known = memory.known();
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
    memory.store(known, taken(due, driven, subject, now));
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
    SubjectMemory known = memory.known();
    if (command.getNotAfter() != null && logTime > command.getNotAfter()) {
      metrics.late();
      return;
    }
    long now = WrittenAt.command(command, logTime);
    SubjectMemory due = passed(known, subject, Math.min(now, logTime), logTime);
    memory.store(known, taken(due, obeyed(command, due, subject, Clocks.at(now)), subject, now));
  }

  /**
   * What a rule has asked for, which events will tell of.
   *
   * @param logTime epoch milliseconds
   */
  void request(ActionRequested request, long logTime) throws IOException {
    if (request.getNotAfter() >= logTime) {
      SubjectMemory known = memory.known();
      AccountSetting setting = sequences.setting(request.getTenantId(), request.getAccountId());
      memory.store(known, known.of(Causes.asked(known.subject(), request, setting, logTime)));
    }
  }

  /** True when events may tell of what we have written. */
  boolean expectsEchoes() throws IOException {
    SubjectMemory known = memory.stored();
    return known != null && !known.subject().standing().echoes().isEmpty();
  }

  /**
   * What has come due.
   *
   * @param upTo included, epoch milliseconds
   * @param logTime epoch milliseconds
   */
  void moments(String key, long upTo, long logTime) throws Exception {
    SubjectMemory known = memory.known();
    if (known.enrolments().nextDue() <= upTo) {
      memory.store(known, passed(known, Subject.parse(key), upTo, logTime), upTo);
    } else if (memory.wake(known) <= upTo) {
      memory.store(known, new SubjectMemory(known.subject(), known.enrolments(), upTo), upTo);
    }
  }

  /**
   * Goes by the versions that were published.
   *
   * @param logTime epoch milliseconds
   */
  void settle(String key, long logTime) throws Exception {
    SubjectMemory known = memory.stored();
    Subject subject = Subject.parse(key);
    if (known == null || !set(subject).unsettled(known.enrolments(), logTime)) {
      return;
    }
    SubjectMemory due = passed(known, subject, logTime, logTime);
    if (set(subject).unsettled(due.enrolments(), logTime)) {
      due =
          moment(due, subject, Clocks.at(Math.max(due.seenAt(), logTime))); // Its version is gone.
    }
    memory.store(known, due);
  }

  private Driven obeyed(
      CommandRequested command, SubjectMemory due, Subject subject, Clocks clocks) {
    SequenceSet set = set(subject, clocks.firedAt());
    AccountSetting setting = setting(subject);
    if (command.getKind() == CommandKind.START) {
      return set.start(
          due.enrolments(),
          due.subject(),
          subject,
          Orders.start(command, due.subject()),
          clocks,
          setting);
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
}
