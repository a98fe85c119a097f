package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.happens;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.EventKind;
import io.voronka.sequences.domain.Succession.Fate;
import io.voronka.sequences.simulation.LeadRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final long DAY = 86_400_000L;
  private static final Sequence OLD =
      definition(
          "", "{'id': 'a', 'wait': {'for': '5d'}}, {'id': 'm', 'send_message': {'text': 'x'}}");

  private static Sequence definition(String more, String steps) {
    return sequence(
        "{'id': 's', 'entry': {'event': 'lead_created'} %s, 'steps': [%s]}".formatted(more, steps));
  }

  private static SequenceSet versions(Sequence newer, long effectiveAt) {
    return SequenceSet.of(
        List.of(new SequenceVersion(OLD, 1, 0), new SequenceVersion(newer, 2, effectiveAt)));
  }

  private static LeadRun insideOld() {
    LeadRun lead = lead(SequenceSet.of(List.of(new SequenceVersion(OLD, 1, 0))));
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + DAY);
    return lead;
  }

  @Test
  void whoeverIsInsideFinishesByTheVersionItHas() {
    LeadRun lead = insideOld();
    lead.publish(versions(definition("", "{'id': 'z', 'wait': {'for': '1d'}}"), lead.now()));
    lead.until(lead.now() + 9 * DAY);

    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(a)",
            "waiting(a)",
            "requested(m)",
            "concluded(m):confirmed",
            "exited:completed");
  }

  @Test
  void movesToTheSameStepAndWaitsAsItSays() {
    LeadRun lead = insideOld();
    Sequence newer =
        definition(
            ", 'running': 'move'",
            "{'id': 'n', 'wait': {'for': '1h'}}, {'id': 'a', 'wait': {'for': '3d'}}");
    lead.publish(versions(newer, lead.now() + 1000));
    assertThat(told(lead.progress())).as("not yet").hasSize(2);
    lead.until(lead.now() + 1000);

    assertThat(told(lead.progress())).endsWith("moved(a)", "waiting(a)");
    assertThat(lead.enrolments().nextDue() - lead.enrolments().running().get(0).enteredAt())
        .isEqualTo(3 * DAY);
    assertThat(lead.enrolments().running().get(0).version()).isEqualTo(2);
    lead.until(lead.now() + 3 * DAY);
    assertThat(told(lead.progress())).endsWith("exited:completed");
  }

  @Test
  void aWaitThatHasBecomeTooShortIsOverAtOnce() {
    LeadRun lead = insideOld();
    Sequence newer =
        definition(
            ", 'running': 'move'",
            "{'id': 'a', 'wait': {'for': '1h'}}, {'id': 'b', 'wait': {'for': '1h'}}");
    lead.publish(versions(newer, lead.now()));

    assertThat(told(lead.progress())).endsWith("moved(a)", "waiting(b)");
  }

  @Test
  void whoIsPausedStaysThoughTheNewWaitIsOver() {
    LeadRun lead = insideOld();
    lead.command("c1", "s", new Command(Command.Kind.PAUSE, null, null, false));
    Sequence newer =
        definition(
            ", 'running': 'move'",
            "{'id': 'a', 'wait': {'for': '1h'}}, {'id': 'b', 'wait': {'for': '1h'}}");
    lead.publish(versions(newer, lead.now()));

    assertThat(told(lead.progress())).endsWith("moved(a)", "waiting(a)");
    lead.until(lead.now() + DAY);
    lead.command("c2", "s", new Command(Command.Kind.RESUME_KEEPING, null, null, false));
    assertThat(told(lead.progress())).endsWith("resumed(a):keeping", "waiting(b)");
  }

  @Test
  void theStepsInWhichNobodyCanMoveAreTold() {
    Sequence newer =
        definition(", 'running': 'move'", "{'id': 'm', 'send_message': {'text': 'new'}}");
    List<Succession.Place> inside =
        List.of(
            new Succession.Place(OLD, "a"),
            new Succession.Place(OLD, "a"),
            new Succession.Place(OLD, "m"),
            new Succession.Place(OLD, null),
            new Succession.Place(null, "a"));

    Succession.Preview preview = Succession.preview(newer, inside);

    assertThat(preview.unmoved()).isEqualTo(Map.of("a", 2));
    assertThat(preview.counts())
        .isEqualTo(Map.of(Fate.MOVES, 2, Fate.FINISHES, 2, Fate.LEAVES, 1, Fate.RESTARTS, 0));
  }

  @Test
  void staysWhereTheNewVersionHasNoSuchStep() {
    for (String steps :
        List.of(
            "{'id': 'b', 'wait': {'for': '1h'}}", "{'id': 'a', 'send_message': {'text': 'x'}}")) {
      LeadRun lead = insideOld();
      lead.publish(versions(definition(", 'running': 'move'", steps), lead.now()));
      lead.until(lead.now() + 9 * DAY);
      assertThat(told(lead.progress())).endsWith("concluded(m):confirmed", "exited:completed");
    }
  }

  @Test
  void restartsAndStops() {
    LeadRun again = insideOld();
    again.publish(
        versions(
            definition(", 'running': 'restart'", "{'id': 'a', 'wait': {'for': '1d'}}"),
            again.now()));
    assertThat(told(again.progress())).endsWith("restarted(a)", "waiting(a)");
    assertThat(again.enrolments().nextDue()).isEqualTo(again.now() + DAY);

    LeadRun stopped = insideOld();
    stopped.publish(
        versions(
            definition(", 'state': 'stopped'", "{'id': 'a', 'wait': {'for': '1d'}}"),
            stopped.now()));
    assertThat(told(stopped.progress())).endsWith("exited(a):stopped");
  }

  @Test
  void whatAVersionMeansIsSettledOnce() {
    LeadRun lead = insideOld();
    Sequence newer =
        definition(", 'running': 'move'", "{'id': 'm', 'send_message': {'text': 'new'}}");
    lead.publish(versions(newer, lead.now()));
    lead.until(lead.now() + 9 * DAY);

    assertThat(lead.sent()).hasSize(1);
    assertThat(lead.sent().get(0).getStep().getSequenceVersion())
        .as("it came to m only after it was settled that it stays")
        .isEqualTo(1);
  }

  @Test
  void theDryRunCountsWhatThenHappens() {
    List<LeadRun> leads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      LeadRun lead = lead(SequenceSet.of(List.of(new SequenceVersion(OLD, 1, 0))));
      lead.until(lead.now() + i * DAY / 7);
      happens(lead, EventKind.LEAD_CREATED);
      leads.add(lead);
    }
    long published = leads.get(49).now();
    leads.forEach(lead -> lead.until(published));
    List<Enrolment> inside =
        leads.stream().flatMap(lead -> lead.enrolments().running().stream()).toList();
    for (String running : List.of("finish", "move", "restart")) {
      Sequence newer =
          definition(", 'running': '" + running + "'", "{'id': 'a', 'wait': {'for': '4d'}}");
      Map<Fate, Integer> counts = new EnumMap<>(Succession.preview(newer, places(inside)).counts());
      Map<Fate, Integer> happened = new EnumMap<>(Fate.class);
      for (Enrolment enrolment : inside) {
        happened.merge(fate(newer, enrolment, published), 1, Integer::sum);
      }
      counts.values().removeIf(count -> count == 0);
      assertThat(happened).isEqualTo(counts);
    }
  }

  @Test
  void whomTheNewVersionWouldNotLetInDoesNotStay() {
    String exit =
        ", 'exits': [{'as': 'opt_out', 'when': {'field_value': {'field': 'no_mail', 'operator':"
            + " 'equals', 'value': 1}}}]";
    for (String running : List.of("move", "restart")) {
      LeadRun lead = lead(SequenceSet.of(List.of(new SequenceVersion(OLD, 1, 0))));
      lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("no_mail", "1")));
      Sequence newer =
          definition(
              ", 'running': '" + running + "'" + exit,
              "{'id': 'a', 'wait': {'for': '1h'}}, {'id': 'm', 'send_message': {'text': 'x'}}");
      lead.until(lead.now() + DAY);
      lead.publish(versions(newer, lead.now()));

      assertThat(told(lead.progress())).endsWith("exited(a):opt-out");
      assertThat(lead.sent()).isEmpty();
    }
  }

  @Test
  void whatTheNewVersionWaitsForMayBeSoAlready() {
    LeadRun lead = insideWaitFor();
    lead.publish(waitingVersions(waitFor(", 'running': 'move'", 3, "5d"), lead.now()));

    assertThat(told(lead.progress()))
        .endsWith("moved(a)", "branched(a):holds-already", "waiting(yes)");
  }

  @Test
  void aTimeOutThatHasBecomeTooShortIsOverAtOnceAndToldOf() {
    LeadRun lead = insideWaitFor();
    lead.publish(waitingVersions(waitFor(", 'running': 'move'", 1000, "1h"), lead.now()));

    assertThat(told(lead.progress())).endsWith("moved(a)", "branched(a):timeout", "waiting(no)");
  }

  @Test
  void whatIsAskedForAtOnePlaceIsNotAskedForAgainAtAnother() {
    String message = "'send_message': {'text': 'x'}";
    String task = "'create_task': {'text': 'x', 'due': '1h'}";
    String mail = "'send_email': {'sender': '%s', 'to': 'a@b.c', 'subject': 'x', 'text': 'x'}";
    String call = "'webhook': {'url': 'https://%s/x'}";
    assertThat(fate(message, task)).isEqualTo(Fate.MOVES);
    assertThat(fate(call.formatted("a.example"), call.formatted("a.example/y")))
        .isEqualTo(Fate.MOVES);

    assertThat(fate(message, mail.formatted("sales"))).isEqualTo(Fate.FINISHES);
    assertThat(fate(mail.formatted("sales"), mail.formatted("service"))).isEqualTo(Fate.FINISHES);
    assertThat(fate(call.formatted("a.example"), call.formatted("b.example")))
        .isEqualTo(Fate.FINISHES);
  }

  private static Fate fate(String old, String newer) {
    String step = "{'id': 'm', %s}";
    return Succession.of(
        definition(", 'running': 'move'", step.formatted(newer)),
        new Succession.Place(definition("", step.formatted(old)), "m"));
  }

  private static SequenceSet waitingVersions(Sequence newer, long effectiveAt) {
    return SequenceSet.of(
        List.of(
            new SequenceVersion(waitFor("", 1000, "5d"), 1, 0),
            new SequenceVersion(newer, 2, effectiveAt)));
  }

  private static LeadRun insideWaitFor() {
    Sequence old = waitFor("", 1000, "5d");
    LeadRun lead = lead(SequenceSet.of(List.of(new SequenceVersion(old, 1, 0))));
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("price", "5")));
    lead.until(lead.now() + DAY);
    return lead;
  }

  private static Sequence waitFor(String more, int price, String timeout) {
    return definition(
        more,
        """
        {'id': 'a', 'wait_for': {
          'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': %d}},
          'timeout': {'for': '%s'},
          'then': [{'id': 'yes', 'wait': {'for': '9d'}}],
          'on_timeout': [{'id': 'no', 'wait': {'for': '9d'}}]}}
        """
            .formatted(price, timeout));
  }

  private static List<Succession.Place> places(List<Enrolment> inside) {
    return inside.stream().map(one -> new Succession.Place(OLD, one.position().stepId())).toList();
  }

  private static Fate fate(Sequence newer, Enrolment enrolment, long at) {
    Enrolments one = new Enrolments(List.of(enrolment), List.of(), List.of());
    List<String> told =
        told(
            versions(newer, at)
                .moment(
                    one,
                    io.voronka.rules.domain.subject.SubjectState.EMPTY,
                    io.voronka.sequences.SequenceTexts.LEAD,
                    io.voronka.rules.domain.Clocks.at(at),
                    io.voronka.rules.domain.AccountSetting.UNKNOWN)
                .progress());
    if (told.isEmpty()) {
      return Fate.FINISHES;
    }
    return told.get(0).startsWith("moved") ? Fate.MOVES : Fate.RESTARTS;
  }
}
