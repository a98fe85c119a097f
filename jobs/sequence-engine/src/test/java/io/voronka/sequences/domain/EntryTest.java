package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.LEAD;
import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.happens;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.set;
import static io.voronka.sequences.SequenceTexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.step.Step;
import io.voronka.sequences.simulation.LeadRun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final long HOUR = 3_600_000L;

  private static LeadRun lead7(String again) {
    return lead(
        set(
            sequence(
                "{'id': 's', 'entry': {'event': 'message_received' %s}, 'steps': [{'id': 'w', 'wait': {'for': '1h'}}]}"
                    .formatted(again))));
  }

  private static List<String> threeTimes(LeadRun lead) {
    happens(lead, EventKind.MESSAGE_RECEIVED);
    lead.until(lead.now() + HOUR / 2);
    happens(lead, EventKind.MESSAGE_RECEIVED);
    lead.until(lead.now() + 3 * HOUR);
    happens(lead, EventKind.MESSAGE_RECEIVED);
    return told(lead.progress());
  }

  @Test
  void whatHappenedBeforeThereWasTheSequenceOpensNothing() {
    Sequence welcome =
        sequence(
            "{'id': 's', 'entry': {'event': 'message_received', 'again': 'always'}, 'steps':"
                + " [{'id': 'w', 'wait': {'for': '1h'}}]}");
    long published = lead(set(welcome)).now() + HOUR;
    LeadRun lead = lead(SequenceSet.of(List.of(new SequenceVersion(welcome, 1, published))));
    lead.until(published + 1);
    CrmEvent again = event(EventKind.MESSAGE_RECEIVED, published + 1, Map.of());
    again.setOccurredAt(published - 1000);
    lead.event(again);
    assertThat(lead.progress()).isEmpty();

    CrmEvent sameSecond = event(EventKind.MESSAGE_RECEIVED, published + 2, Map.of());
    sameSecond.setOccurredAt(published - 999);
    lead.event(sameSecond);
    assertThat(told(lead.progress())).containsExactly("entered(w)", "waiting(w)");
  }

  @Test
  void ofWhoIsOutsideOnlyWhatIsAskedForIsRememberedAndAllFields() {
    SequenceSet asks =
        set(
            sequence(
                "{'id': 's', 'entry': {'event': 'lead_updated', 'when': {'time_elapsed': {'since':"
                    + " 'last_message_received', 'for': '1h', 'unless': ['call_made']}}}, 'steps':"
                    + " [{'id': 'w', 'wait': {'for': '1h'}}]}"));
    LeadRun lead = lead(asks);
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("name", "Anna", "price", "5")));
    happens(lead, EventKind.MESSAGE_RECEIVED);
    happens(lead, EventKind.NOTE_ADDED);
    happens(lead, EventKind.CALL_MADE);

    assertThat(asks.outside(lead.state()).past().last().keySet())
        .containsExactlyInAnyOrder(EventKind.MESSAGE_RECEIVED, EventKind.CALL_MADE);
    assertThat(asks.outside(lead.state()).fields()).isEqualTo(lead.state().fields());
    assertThat(asks.concerns("any")).isTrue();
    assertThat(SequenceSet.empty().concerns("any")).isFalse();
  }

  @Test
  void aLeadEntersOnceUnlessToldOtherwise() {
    assertThat(threeTimes(lead7("")))
        .containsExactly(
            "entered(w)",
            "waiting(w)",
            "refused(w):inside",
            "exited:completed",
            "refused(w):entered-before");
    assertThat(threeTimes(lead7(", 'again': 'always'")))
        .containsExactly(
            "entered(w)",
            "waiting(w)",
            "refused(w):inside",
            "exited:completed",
            "entered(w)",
            "waiting(w)");
    assertThat(threeTimes(lead7(", 'again': '4h'"))).endsWith("refused(w):entered-before");
    assertThat(threeTimes(lead7(", 'again': '3h'"))).endsWith("entered(w)", "waiting(w)");
  }

  @Test
  void runsInParallelByKey() {
    LeadRun lead = lead7(", 'key': '{{ event.talk_id }}'");
    for (String talk : List.of("1", "2", "1")) {
      lead.event(event(EventKind.MESSAGE_RECEIVED, lead.now() + 1000, Map.of("talk_id", talk)));
    }
    happens(lead, EventKind.MESSAGE_RECEIVED);

    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(w)",
            "waiting(w)",
            "entered(w)",
            "waiting(w)",
            "refused(w):inside",
            "refused(w):no-key");
    assertThat(lead.enrolments().running()).extracting(Enrolment::runKey).containsExactly("1", "2");
  }

  @Test
  void neitherAClosedSequenceNorOneThatIsLeftAtOnceLetsAnybodyIn() {
    LeadRun closed = lead7(", 'again': 'always'}, 'state': 'closed', 'time_zone': {'field': 'z'");
    happens(closed, EventKind.MESSAGE_RECEIVED);
    assertThat(closed.progress()).isEmpty();
    closed.start(new Start("s", null, "c", false, 0));
    assertThat(told(closed.progress())).containsExactly("refused(w):closed");

    LeadRun out =
        lead7(
            "}, 'exits': [{'when': {'field_value': {'field': 'x', 'operator': 'equals', 'value':"
                + " '1'}}}], 'time_zone': {'field': 'z'");
    out.event(event(EventKind.LEAD_UPDATED, out.now(), Map.of("x", "1")));
    happens(out, EventKind.MESSAGE_RECEIVED);
    assertThat(told(out.progress())).containsExactly("refused(w):exit-holds");
  }

  @Test
  void aPersonMayLetALeadInAgainAndARuleMayNot() {
    LeadRun lead = lead7("");
    lead.start(new Start("s", null, "c1", true, 2));
    lead.until(lead.now() + 2 * HOUR);
    lead.start(new Start("s", null, "c2", true, 2));
    lead.start(new Start("s", null, "c3", false, 0));

    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(w)",
            "waiting(w)",
            "exited:completed",
            "refused(w):entered-before",
            "entered(w)",
            "waiting(w)");
    assertThat(lead.enrolments().running().get(0).depth()).isZero();
  }

  @Test
  void whoeverIsStartedWithAKeyRunsBesideOthers() {
    LeadRun lead = lead7("");
    for (String key : Arrays.asList("a", "b", null, "b", "", "x".repeat(201))) {
      lead.start(new Start("s", key, "c" + key, false, 0));
    }
    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(w)",
            "waiting(w)",
            "entered(w)",
            "waiting(w)",
            "entered(w)",
            "waiting(w)",
            "refused(w):inside",
            "refused(w):no-key",
            "refused(w):no-key");
    assertThat(lead.enrolments().running())
        .extracting(Enrolment::runKey)
        .containsExactly("a", "b", null);
    assertThat(lead.progress()).extracting(SequenceProgressed::getRunKey).startsWith("a", "a", "b");

    lead.command("c1", "s", new Command(Command.Kind.STOP, "a", null, true));
    assertThat(lead.enrolments().running())
        .extracting(Enrolment::runKey)
        .containsExactly("b", null);
    lead.command("c2", "s", new Command(Command.Kind.STOP, null, null, true));
    assertThat(lead.enrolments().running()).isEmpty();
  }

  @Test
  void aRulesStartIsLimitedByKey() {
    LeadRun lead = lead7("");
    lead.start(new Start("s", "a", "c1", true, 1));
    lead.until(lead.now() + 2 * HOUR);
    lead.start(new Start("s", "a", "c2", true, 1));
    lead.start(new Start("s", "b", "c3", true, 1));

    assertThat(told(lead.progress()))
        .endsWith("exited:completed", "refused(w):entered-before", "entered(w)", "waiting(w)");
  }

  @Test
  void partsAreStableAndOfTheirSize() {
    Step.Split split =
        (Step.Split)
            sequence(
                    "{'id': 's', 'steps': [{'id': 'x', 'split': [{'name': 'a', 'percent': 12.5},"
                        + " {'name': 'b', 'percent': 87.5}]}]}")
                .step("x");
    Step.Split more =
        (Step.Split)
            sequence(
                    "{'id': 's', 'steps': [{'id': 'x', 'split': [{'name': 'a', 'percent': 20},"
                        + " {'name': 'b', 'percent': 80}]}]}")
                .step("x");
    int inA = 0;
    for (int i = 0; i < 100_000; i++) {
      String key = "t|a|LEAD|" + i;
      String part = split.of("s", key).name();
      inA += part.equals("a") ? 1 : 0;
      assertThat(split.of("s", key).name()).isEqualTo(part);
      if (part.equals("a")) {
        assertThat(more.of("s", key).name()).as("a larger part keeps who is in it").isEqualTo("a");
      }
    }
    assertThat(inA).isBetween(12_200, 12_800);
    assertThat(split.of("s", LEAD.key())).isEqualTo(split.of("s", LEAD.key()));
  }
}
