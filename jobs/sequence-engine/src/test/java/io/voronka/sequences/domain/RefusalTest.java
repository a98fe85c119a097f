package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.set;
import static io.voronka.sequences.SequenceTexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.EventKind;
import io.voronka.sequences.simulation.LeadRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final String STEPS = "'steps': [{'id': 'w', 'wait': {'for': '1h'}}]";

  @Test
  void exitsThatTakeTooManyStepsLetNobodyInAndStopNobodyElse() {
    String costly = ".*(a|b|c)*(a|b|d)*(a|c|d)*z";
    Sequence hopeless =
        sequence(
            """
            {'id': 'h', 'entry': {'event': 'lead_created'}, %s, 'exits': [
              {'when': {'field_value': {'field': 'name', 'operator': 'matches', 'value': '%s'}}}]}
            """
                .formatted(STEPS, costly));
    Sequence plain = sequence("{'id': 's', 'entry': {'event': 'lead_created'}, " + STEPS + "}");
    LeadRun lead = lead(set(hopeless, plain));
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("name", "abcd".repeat(20_000))));

    assertThat(told(lead.progress()))
        .containsExactly("refused(w):exits-unjudged", "entered(w)", "waiting(w)");
    lead.start(new Start("h", null, "c", false, 0));
    assertThat(told(lead.progress())).endsWith("refused(w):exits-unjudged");
  }
}
