package io.voronka.sequences.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final AccountSetting SETTING = new AccountSetting(SequenceTexts.BERLIN, null);
  private static final long START = SequenceTexts.millis("2026-03-01T09:00");
  private static final Sequence WELCOME =
      SequenceTexts.sequence(
          """
          {'id': 'welcome', 'entry': {'event': 'lead_created'},
           'exits': [{'as': 'goal', 'event': 'message_received'}],
           'steps': [
             {'id': 'hello', 'send_message': {'text': 'Hello {{ lead.name }}'}},
             {'id': 'day', 'wait': {'for': '1d', 'hours': {'from': '09:00', 'to': '18:00', 'days': ['mon', 'tue', 'wed', 'thu', 'fri']}}},
             {'id': 'half', 'split': [{'name': 'offer', 'percent': 50, 'steps': [{'id': 'offer', 'send_message': {'text': 'Ten per cent'}}]}, {'name': 'none', 'percent': 50}]},
             {'id': 'rich', 'branch': {'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 500}},
               'then': [{'id': 'call', 'create_task': {'text': 'Call', 'due': '1d'}}]}},
             {'id': 'month', 'wait': {'for': '30d', 'at': '10:00', 'days': ['mon']}},
             {'id': 'still', 'wait_for': {'event': 'note_added', 'timeout': {'for': '30d'}}},
             {'id': 'bye', 'send_message': {'text': 'Bye'}}]}
          """);

  private static SimulatedLead lead(int number) {
    Random random = new Random(number);
    Subject subject = new Subject("t", "a", EntityType.LEAD, Integer.toString(number));
    long at = START + random.nextInt(86_400_000);
    CrmEvent created = SubjectEvents.of(EventKind.LEAD_CREATED, subject, "created", at);
    created.setFields(
        new HashMap<>(Map.of("name", "N", "price", Integer.toString(random.nextInt(1000)))));
    List<CrmEvent> events = new ArrayList<>(List.of(created));
    if (random.nextInt(5) == 0) {
      long answered = at + 1000L * random.nextInt(60 * 86_400);
      events.add(SubjectEvents.of(EventKind.MESSAGE_RECEIVED, subject, "answered", answered));
    }
    return lead("lead " + number, subject, FieldCatalogue.UNKNOWN, events);
  }

  private static SimulatedLead lead(
      String name, Subject subject, FieldCatalogue catalogue, List<CrmEvent> events) {
    return new SimulatedLead(name, subject, SubjectState.EMPTY, SETTING, catalogue, START, events);
  }

  @Test
  void printsATimeline() {
    Subject subject = new Subject("t", "a", EntityType.LEAD, "1");
    CrmEvent created = SubjectEvents.of(EventKind.LEAD_CREATED, subject, "c", START);
    created.setFields(new HashMap<>(Map.of("name", "Anna", "price", "900")));
    long reply = SequenceTexts.millis("2026-03-20T11:00");
    CrmEvent answered = SubjectEvents.of(EventKind.MESSAGE_RECEIVED, subject, "m", reply);
    SimulatedLead anna = lead("Anna", subject, FieldCatalogue.UNKNOWN, List.of(created, answered));

    String written =
        new Simulation(SequenceTexts.set(WELCOME), Duration.ofDays(90), Effects.confirmed())
            .run(anna)
            .written();

    assertThat(written)
        .startsWith(
            """
            Anna
              2026-03-01 Sun 09:00:00  welcome  entered
              2026-03-01 Sun 09:00:00  welcome  requested hello
              2026-03-01 Sun 09:00:01  welcome  concluded hello: confirmed
              2026-03-01 Sun 09:00:01  welcome  waiting day until 2026-03-02 Mon 09:00:01
              2026-03-02 Mon 09:00:01  welcome  branched half: split""")
        .contains("waiting month until 2026-04-06 Mon 10:00:00")
        .endsWith("  2026-03-20 Fri 11:00:00  welcome  exited month: goal (/exits/0)\n");
  }

  @Test
  void ninetyDaysOfTenThousandLeadsTakeSeconds() {
    SequenceSet set = SequenceTexts.set(WELCOME);
    Simulation simulation = new Simulation(set, Duration.ofDays(90), Effects.confirmed());
    long began = System.nanoTime();
    for (int number = 0; number < 10_000; number++) {
      simulation.run(lead(number));
    }
    double seconds = (System.nanoTime() - began) / 1e9;

    Map<String, Integer> counts = simulation.counts();
    System.out.printf("90 days of 10,000 leads in %.2f s: %s%n", seconds, counts);
    assertThat(seconds).isLessThan(30);
    assertThat(counts.get("welcome entered")).isEqualTo(10_000);
    assertThat(counts.get("welcome requested hello")).isEqualTo(10_000);
    assertThat(counts.get("welcome requested offer")).isBetween(4_000, 5_100);
    assertThat(counts.get("welcome exited completed") + counts.get("welcome exited goal"))
        .isEqualTo(10_000);
  }
}
