package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.happens;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.set;
import static io.voronka.sequences.SequenceTexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.EntityType;
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

  @Test
  void aSequenceOfOneAccountTakesNoLeadsOfAnotherWhoeverAsks() {
    LeadRun lead = lead(set(sequence("{'id': 's', 'account': 'other', " + STEPS + "}")));
    lead.start(new Start("s", null, "c1", true, 1));
    lead.start(new Start("s", null, "c2", false, 0));

    assertThat(told(lead.progress()))
        .containsExactly("refused(w):other-account", "refused(w):other-account");
  }

  @Test
  void nothingLetsALeadInOnceItIsDeletedUntilItIsRestored() {
    SequenceSet sequences =
        set(
            sequence("{'id': 's', 'entry': {'event': 'lead_updated'}, " + STEPS + "}"),
            sequence("{'id': 'gone', 'entry': {'event': 'lead_deleted'}, " + STEPS + "}"));
    LeadRun lead = lead(sequences);
    happens(lead, EventKind.LEAD_DELETED);
    assertThat(told(lead.progress())).as("asked for").containsExactly("entered(w)", "waiting(w)");
    lead.until(lead.now() + 1000);
    happens(lead, EventKind.LEAD_UPDATED);
    lead.start(new Start("s", null, "c", true, 1));
    assertThat(told(lead.progress()))
        .endsWith("waiting(w)", "refused(w):lead-deleted", "refused(w):lead-deleted");

    happens(lead, EventKind.LEAD_RESTORED);
    happens(lead, EventKind.LEAD_UPDATED);
    assertThat(told(lead.progress()))
        .endsWith("refused(w):lead-deleted", "entered(w)", "waiting(w)");
  }

  @Test
  void ofWhoIsOutsideItIsRememberedThatItIsDeleted() {
    SequenceSet sequences = set(sequence("{'id': 's', " + STEPS + "}"));
    LeadRun lead = lead(sequences);
    happens(lead, EventKind.LEAD_DELETED);

    assertThat(sequences.outside(lead.state()).end(EntityType.LEAD))
        .isEqualTo(EventKind.LEAD_DELETED);
  }
}
