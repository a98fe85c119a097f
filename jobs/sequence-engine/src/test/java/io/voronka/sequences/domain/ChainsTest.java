package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.set;
import static io.voronka.sequences.SequenceTexts.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.Chains;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.sequences.simulation.LeadRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sequences that set each other off through the CRM. */
class ChainsTest {
  private static final long MINUTE = 60_000;
  private static final String PERSON = "42";

  /** Entered when the step is the first letter, and makes it the second. */
  private static Sequence turning(String from, String to, String before) {
    return sequence(
        """
        {'id': '%1$s', 'entry': {'event': 'lead_updated', 'again': 'always',
           'when': {'field_value': {'field': 'name', 'operator': 'equals', 'value': '%1$s'}}},
         'steps': [%3$s {'id': 'turn', 'kommo_action': {'update_field': {'writes': [{'field': 'name', 'value': '%2$s'}]}}}]}
        """
            .formatted(from, to, before));
  }

  private static CrmEvent updated(LeadRun lead, String step, String actor) {
    CrmEvent event = event(EventKind.LEAD_UPDATED, lead.now() + 1000, Map.of("name", step));
    event.setActorId(actor);
    return event;
  }

  /** The CRM tells of every write, until there is no more of them. */
  private static int turnsBegunBy(LeadRun lead, String first, String actor) {
    int told = lead.sent().size();
    lead.event(updated(lead, first, actor));
    lead.until(lead.now() + 2 * 60 * MINUTE);
    int turns = 0;
    while (told < lead.sent().size() && turns < 50) {
      ActionRequested write = lead.sent().get(told++);
      assertThat(write.getKind()).isEqualTo(ActionKind.UPDATE_FIELD);
      String step = write.getUpdateField().getWrites().get(0).getValues().get(0).getValue();
      lead.event(updated(lead, step, "0"));
      lead.until(lead.now() + 2 * 60 * MINUTE);
      turns++;
    }
    return turns;
  }

  @Test
  void twoThatSetEachOtherOffAreCut() {
    LeadRun lead = lead(set(turning("a", "b", ""), turning("b", "a", "")));

    assertThat(turnsBegunBy(lead, "a", PERSON)).isEqualTo(Chains.DEEPEST);
    assertThat(lead.sent()).extracting("chainDepth").containsExactly(1, 2, 3, 4, 5);
    assertThat(told(lead.progress())).endsWith("refused(turn):chain-too-deep");
  }

  @Test
  void waitsInBetweenDoNotHideTheChain() {
    String wait = "{'id': 'w', 'wait': {'for': '1h'}},";
    LeadRun lead = lead(set(turning("a", "b", wait), turning("b", "a", "")));

    assertThat(turnsBegunBy(lead, "a", PERSON)).isEqualTo(Chains.DEEPEST);
    assertThat(told(lead.progress())).endsWith("refused(turn):chain-too-deep");
  }

  @Test
  void aPersonBeginsANewChain() {
    LeadRun lead = lead(set(turning("a", "b", ""), turning("b", "a", "")));
    assertThat(turnsBegunBy(lead, "a", PERSON)).isEqualTo(Chains.DEEPEST);
    int before = lead.sent().size();

    assertThat(turnsBegunBy(lead, "a", PERSON)).isEqualTo(Chains.DEEPEST);
    assertThat(lead.sent().get(before).getChainDepth()).isEqualTo(1);
  }

  @Test
  void whatARuleCausedAtTheCutStartsNothing() {
    LeadRun lead = lead(set(turning("a", "b", "")));
    lead.start(new Start("a", null, "c1", true, Chains.DEEPEST));
    assertThat(told(lead.progress())).containsExactly("refused(turn):chain-too-deep");
    lead.start(new Start("a", null, "c2", true, Chains.DEEPEST - 1));
    assertThat(told(lead.progress())).contains("entered(turn)");
  }
}
