package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

class MomentsOperatorTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final String NO_REPLY =
      """
      {'id': 'remind',
       'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '%s', 'unless': 'message_received'}},
       'actions': [{'key': 'note', 'add_note': {'text': 'No reply'}}]}
      """;

  private static ControlUpdate[] rows(String wait) {
    return whole(
        tenant(true),
        account(true),
        rule("remind", 1, NO_REPLY.formatted(wait)),
        ruleSet(1, T0, "remind:1"));
  }

  /** The second set comes into force at the given time. */
  private static ControlUpdate[] changed(String definition, long effectiveAt) {
    return new ControlUpdate[] {rule("remind", 2, definition), ruleSet(2, effectiveAt, "remind:2")};
  }

  private static CrmEvent sent(String lead, long at) {
    return CrmEvents.message(EventKind.MESSAGE_SENT, "sent-" + lead + at, lead, at);
  }

  private static CrmEvent received(String lead, long at) {
    return CrmEvents.message(EventKind.MESSAGE_RECEIVED, "received-" + lead + at, lead, at);
  }

  private static List<Long> dueAt(JudgeHarness job) {
    return job.decided().stream().map(RuleDecided::getDueAt).toList();
  }

  @Test
  void firesWhenTheLogsTimeHasComeAndNotBefore() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      job.events(sent("7", T0)).time(T0 + 3 * DAY - 1);
      assertThat(job.decided()).isEmpty();

      job.time(T0 + 3 * DAY);

      assertThat(dueAt(job)).containsExactly(T0 + 3 * DAY);
      assertThat(job.actions()).hasSize(1);
      assertThat(job.actions().get(0).getFiredAt()).isEqualTo(T0 + 3 * DAY);
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void allThatHasBecomeDueIsToldBeforeTheTimeIs() throws Exception {
    ControlUpdate[] twoWaits =
        whole(
            tenant(true),
            account(true),
            rule("remind", 1, NO_REPLY.formatted("3d")),
            rule("give-up", 1, NO_REPLY.formatted("5d").replace("remind", "give-up")),
            ruleSet(1, T0, "remind:1", "give-up:1"));
    try (JudgeHarness job = JudgeHarness.fresh().control(twoWaits)) {
      job.events(sent("7", T0), sent("8", T0 + 1)).time(T0 + 2);
      assertThat(job.timers()).as("each lead's next moment").isEqualTo(2);

      job.time(T0 + 9 * DAY);

      assertThat(dueAt(job))
          .containsExactlyInAnyOrder(
              T0 + 3 * DAY, T0 + 5 * DAY, T0 + 3 * DAY + 1, T0 + 5 * DAY + 1);
      List<Object> told = job.output();
      assertThat(told.get(told.size() - 1)).isEqualTo(new Watermark(T0 + 9 * DAY));
      assertThat(told).filteredOn(Watermark.class::isInstance).doesNotHaveDuplicates();
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void aReplyEndsTheWaitAndItsTimer() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      job.events(sent("7", T0)).time(T0 + DAY);
      assertThat(job.timers()).isEqualTo(1);

      job.events(received("7", T0 + DAY));

      assertThat(job.timers()).isZero();
      assertThat(job.time(T0 + 30 * DAY).decided()).isEmpty();
    }
  }

  /** The job is down across the moment; the reply lies unread in the log, before the moment. */
  @Test
  void aReplyThatWaitsUnreadComesFirstAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      state = job.events(sent("7", T0), sent("8", T0)).time(T0 + DAY).snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state)) {
      job.events(received("7", T0 + 2 * DAY)).control(rows("3d"));

      job.time(T0 + 5 * DAY);

      assertThat(job.decided()).extracting(RuleDecided::getSubjectId).containsExactly("8");
      assertThat(job.decided().get(0).getFiredAt())
          .as("time has jumped over the moment")
          .isEqualTo(T0 + 5 * DAY);
    }
  }

  @Test
  void aMomentIsJudgedBeforeALaterEventOfItsSubject() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      job.events(sent("7", T0), received("7", T0 + 3 * DAY + 1));

      assertThat(dueAt(job)).containsExactly(T0 + 3 * DAY);
      assertThat(job.time(T0 + 9 * DAY).decided()).hasSize(1);
    }
  }

  @Test
  void judgedAgainAfterARestartItGivesTheSameBytes() throws Exception {
    RecordCodec<RuleDecided> codec = RecordCodec.of(RuleDecided.class);
    List<byte[]> runs = new ArrayList<>();
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      state = job.events(sent("7", T0)).time(T0 + DAY).snapshot(1);
      runs.add(codec.encode(job.time(T0 + 3 * DAY + 7).decided().get(0)));
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows("3d"))) {
      runs.add(codec.encode(job.time(T0 + 3 * DAY + HOUR - 1).decided().get(0)));
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void aLongerWaitMovesTheTimersOfAllWhoWait() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("2d"))) {
      job.events(sent("7", T0), sent("8", T0 + HOUR)).time(T0 + DAY);
      job.control(changed(NO_REPLY.formatted("3d"), T0 + DAY + 500));

      job.time(T0 + DAY + 499).time(T0 + DAY + 500).time(T0 + 3 * DAY - 1);
      assertThat(job.decided()).isEmpty();
      job.time(T0 + 9 * DAY);

      assertThat(dueAt(job)).containsExactly(T0 + 3 * DAY, T0 + 3 * DAY + HOUR);
      assertThat(job.timers()).isZero();
    }
  }

  /** Whoever comes first after the change: an event, a moment's timer, the walk, or a restart. */
  @Test
  void aShorterWaitIsOverWhenItComesIntoForceAndNotWhenSomebodyLooks() throws Exception {
    long change = T0 + 5 * HOUR;
    List<RuleDecided> runs = new ArrayList<>();
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("9h"))) {
      state = job.events(sent("7", T0)).time(T0 + HOUR).snapshot(1);
      job.control(changed(NO_REPLY.formatted("4h"), change)).time(change + 77).time(change + 99);
      runs.addAll(job.decided());
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows("9h"))) {
      job.control(changed(NO_REPLY.formatted("4h"), change)).events(received("7", change + 50));
      runs.addAll(job.decided().subList(0, 1));
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows("9h"))) {
      job.control(changed(NO_REPLY.formatted("4h"), change)).time(change + HOUR / 2);
      runs.addAll(job.decided());
    }

    assertThat(runs).hasSize(3).containsOnly(runs.get(0));
    assertThat(runs.get(0).getDueAt()).isEqualTo(change);
  }

  /** Partitions are read at different speeds: the subject may be ahead of the clock. */
  @Test
  void theWalkArmsNothingThatTheSubjectIsAlreadyPast() throws Exception {
    String dated =
        """
        {'id': 'remind', 'when': {'time_elapsed': {'field_id': 9, 'before': '1d'}},
         'actions': [{'key': 'note', 'add_note': {'text': 'x'}}]}
        """;
    CrmEvent late =
        CrmEvent.newBuilder(CrmEvents.lead(EventKind.LEAD_UPDATED, "u", "7", T0 + HOUR, "10", "1"))
            .setCustomFields(
                List.of(
                    new CustomField(
                        "9",
                        null,
                        "Date",
                        List.of(new FieldValue("" + (T0 + DAY) / 1000, null, null)))))
            .build();
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      job.control(changed(dated, T0 - HOUR)).events(late);

      assertThat(job.time(T0 - 2).time(T0 + 9 * DAY).decided()).isEmpty();
    }
  }

  @Test
  void aHeldEventKeepsItsTimerWhenAMomentOfThatInstantFallsAway() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      state = job.events(sent("7", T0)).time(T0 + HOUR).snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state)) {
      job.events(received("7", T0 + DAY), sent("7", T0 + 3 * DAY)).control(rows("3d"));

      job.time(T0 + 6 * DAY - 1);
      assertThat(job.decided()).isEmpty();
      assertThat(dueAt(job.time(T0 + 6 * DAY))).containsExactly(T0 + 6 * DAY);
    }
  }

  @Test
  void aNewRuleArmsSubjectsThatNothingHappensTo() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("2d"))) {
      job.control(changed(NO_REPLY.formatted("2d").replace("'id'", "'mode': 'off', 'id'"), T0));
      job.events(sent("7", T0)).time(T0 + HOUR);
      assertThat(job.timers()).isZero();

      job.control(rule("remind", 3, NO_REPLY.formatted("2d")), ruleSet(3, T0 + HOUR, "remind:3"));
      job.time(T0 + HOUR + 1);

      assertThat(job.timers()).isEqualTo(1);
      assertThat(dueAt(job.time(T0 + 2 * DAY))).containsExactly(T0 + 2 * DAY);
    }
  }

  @Test
  void aChangeThatWasMissedIsMadeUpForAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      state = job.events(sent("7", T0)).time(T0 + HOUR).snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows("3d"))) {
      job.control(changed(NO_REPLY.formatted("1d"), T0 + HOUR));
      job.time(T0 + 2 * HOUR).time(T0 + DAY);

      assertThat(dueAt(job)).containsExactly(T0 + DAY);
    }
  }

  @Test
  void aRuleThatIsSwitchedOffTakesItsTimersWithIt() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("3d"))) {
      job.events(sent("7", T0)).time(T0 + HOUR);
      job.control(
          changed(NO_REPLY.formatted("3d").replace("'id'", "'mode': 'off', 'id'"), T0 + HOUR));

      job.time(T0 + HOUR + 1);

      assertThat(job.timers()).isZero();
      assertThat(job.time(T0 + 9 * DAY).decided()).isEmpty();
    }
  }

  @Test
  void decisionsWithADailyLimitGoTheLongWay() throws Exception {
    String limited =
        """
        {'id': 'remind', 'trigger': {'event': 'message_received'}, 'limits': {'per_day': 1},
         'actions': [{'key': 'note', 'add_note': {'text': 'x'}}]}
        """;
    try (JudgeHarness job =
        JudgeHarness.fresh().control(rows("3d")).control(changed(limited, T0))) {
      job.events(received("7", T0 + 1));

      assertThat(job.decided()).isEmpty();
      assertThat(job.actions()).isEmpty();
      assertThat(job.capped()).hasSize(1);
      CappedDecision capped = job.capped().get(0);
      assertThat(new CappedDecisions().decided(capped).getSubjectId()).isEqualTo("7");
      assertThat(new CappedDecisions().actions(capped)).hasSize(1);
      assertThat(capped.caps()[0].perDay()).isEqualTo(1);
      assertThat(capped.caps()[0].day()).isEqualTo(T0 / DAY);
    }
  }
}
