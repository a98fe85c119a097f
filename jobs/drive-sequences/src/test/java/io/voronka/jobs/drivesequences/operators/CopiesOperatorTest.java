package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.drivesequences.Records;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/**
 * What a job asked for and told once is asked for and told again to the byte by one that begins
 * anew, however the topics that it reads are ahead or behind of each other then: the outcomes of a
 * whole life may come before its first event.
 */
class CopiesOperatorTest {
  private static final int RUNS_AGAIN = 40;
  private static final int LEADS = 12;
  private static final long TICK = 250;

  /** Waits of less than an outcome takes to be read, and steps that follow at once. */
  private static final String STEPS =
      """
      {'id': 'welcome', 'entry': {'event': 'lead_created'},
       'steps': [{'id': 'hello', 'send_message': {'text': 'Hi {{ lead.name }}'}},
                 {'id': 'soon', 'wait': {'for': '100ms'}},
                 {'id': 'note', 'kommo_action': {'add_note': {'text': 'x'}}},
                 {'id': 'task', 'required': true, 'kommo_action': {'create_task': {'text': 'y', 'due': '1h'}},
                  'on_failure': [{'id': 'sorry', 'kommo_action': {'add_note': {'text': 'z'}}}]},
                 {'id': 'later', 'wait': {'for': '5s'}},
                 {'id': 'bye', 'send_message': {'text': 'Bye'}}]}
      """;

  /** What the CRM tells of our own actions comes at about the time of their outcomes. */
  private static final String ECHO =
      """
      {'id': 'echo', 'entry': {'event': 'message_sent', 'again': 'always', 'key': '{{ event.text }}'},
       'steps': [{'id': 'one', 'kommo_action': {'add_note': {'text': '1'}}},
                 {'id': 'bit', 'wait': {'for': '30ms'}},
                 {'id': 'two', 'kommo_action': {'add_note': {'text': '2'}}}]}
      """;

  /** A record on its topic, and when it comes to the job. */
  private record Arrival(long arrives, long number, SubjectInput input) {}

  private final List<SubjectInput> events = new ArrayList<>();
  private final List<SubjectInput> outcomes = new ArrayList<>();
  private final Map<String, SpecificRecordBase> told = new HashMap<>();
  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::arrives).thenComparingLong(Arrival::number));
  private long numbers;
  private long lastEvent;

  /**
   * @param clock this machine's, epoch milliseconds; 0: it has gone wrong, and nothing waits for
   *     the log
   */
  private static DriveHarness begun(long clock) throws Exception {
    return DriveHarness.fresh()
        .clock(clock)
        .control(
            Records.whole(
                Records.tenant(),
                Records.sequence("acme", "welcome", 1, 0, STEPS),
                Records.sequence("acme", "echo", 1, 0, ECHO)))
        .time(T0 - 1);
  }

  @Test
  void whatIsReadAgainInAnotherOrderIsAskedForAgainToTheByte() throws Exception {
    live(new Random(7));
    assertThat(outcomes).hasSizeGreaterThan(LEADS * 9);
    for (int seed = 0; seed < RUNS_AGAIN; seed++) {
      again(new Random(seed), seed % 2 == 0 ? T0 + DAY : 0);
    }
  }

  /** The topics as they come to be: each record is read soon after it was written. */
  private void live(Random random) throws Exception {
    for (int lead = 0; lead < LEADS; lead++) {
      happens(Records.event(EventKind.LEAD_CREATED, "L" + lead, T0 + random.nextInt(1000)), random);
    }
    try (DriveHarness job = begun(T0 + DAY)) {
      long quiet = 0;
      for (long now = T0; quiet < 10_000; now += 1 + random.nextInt(40)) {
        job.time(now - now % TICK);
        quiet += 20;
        while (!arrivals.isEmpty() && arrivals.peek().arrives() <= now) {
          SubjectInput input = arrivals.remove().input();
          (input.kind() == Kind.EVENT ? events : outcomes).add(input);
          job.input(input);
          quiet = 0;
        }
        DriveHarness.Taken taken = job.take();
        for (SequenceProgressed one : taken.progress()) {
          assertThat(told.put(one.getId(), one)).isNull();
        }
        for (ActionRequested action : taken.actions()) {
          assertThat(told.put(action.getId(), action)).isNull();
          act(action, now, random);
        }
      }
    }
    events.sort(Comparator.comparingLong(SubjectInput::recordedAt));
  }

  /** The executor answers, and the CRM tells what it has done; both are a little late. */
  private void act(ActionRequested action, long now, Random random) {
    ActionOutcome outcome =
        action.getActionKey().equals("task") && random.nextBoolean()
            ? ActionOutcome.FAILED
            : ActionOutcome.CONFIRMED;
    long at = now + 5 + random.nextInt(300);
    ActionCompleted completed = Records.completed(action, outcome, at);
    arrives(
        at + random.nextInt(60),
        new SubjectInput(
            Kind.OUTCOME, Subject.of(completed).key(), Records.bytes(completed), at, 0, 0));
    if (action.getStep().getSequenceId().equals("welcome")) {
      String lead = action.getSubjectId();
      CrmEvent echo = Records.event(EventKind.MESSAGE_SENT, lead, at - 20 + random.nextInt(40));
      echo.getFields().putAll(Map.of("text", action.getActionKey(), "talk_id", "9"));
      happens(echo, random);
    }
  }

  /** Events of one partition are read in the order of their times. */
  private void happens(CrmEvent event, Random random) {
    lastEvent = Math.max(lastEvent, event.getReceivedAt() + random.nextInt(60));
    arrives(
        lastEvent,
        new SubjectInput(
            Kind.EVENT,
            Subject.of(event).key(),
            Records.bytes(event),
            event.getReceivedAt(),
            0,
            0));
  }

  private void arrives(long at, SubjectInput input) {
    arrivals.add(new Arrival(at, numbers++, input));
  }

  /** The log's time never passes an event that is not read; the other topic knows no time. */
  private void again(Random random, long now) throws Exception {
    try (DriveHarness job = begun(now)) {
      Map<String, SpecificRecordBase> copies = new HashMap<>();
      int read = 0;
      int heard = 0;
      long clock = T0 - 1;
      int eagerness = 1 + random.nextInt(9);
      while (read < events.size() || heard < outcomes.size()) {
        boolean event = random.nextInt(10) < eagerness;
        if (event && read < events.size()) {
          long until = events.get(read).recordedAt() - 1;
          clock = Math.max(clock, until - random.nextInt(2) * (until % TICK));
          job.time(clock);
          job.input(events.get(read++));
        } else if (heard < outcomes.size()) {
          // An executor that is asked again says again what became of it.
          job.input(outcomes.get(random.nextInt(5) == 0 ? random.nextInt(heard + 1) : heard++));
        }
        check(job.take(), copies);
      }
      for (long at = lastEvent; at < lastEvent + 60_000; at += 1 + random.nextInt(5000)) {
        job.time(at);
        check(job.take(), copies);
      }
      assertThat(copies.keySet()).isEqualTo(told.keySet());
    }
  }

  private void check(DriveHarness.Taken taken, Map<String, SpecificRecordBase> copies) {
    taken.actions().forEach(one -> check(one.getId(), one, copies));
    taken.progress().forEach(one -> check(one.getId(), one, copies));
  }

  private void check(String id, SpecificRecordBase copy, Map<String, SpecificRecordBase> copies) {
    copies.put(id, copy);
    assertThat(copy).isEqualTo(told.get(id));
    assertThat(Records.bytes(copy)).isEqualTo(Records.bytes(told.get(id)));
  }
}
