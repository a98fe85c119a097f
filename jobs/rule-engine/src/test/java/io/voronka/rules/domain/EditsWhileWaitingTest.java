package io.voronka.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a lead that waits already when its rule is put off, to observe, or on. */
class EditsWhileWaitingTest {
  private static final long DAY = 86_400;

  private static String rule(String mode, String wait) {
    return """
    {'id': 'r', 'mode': '%s', 'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '%s', 'unless': 'message_received'}},
     'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
    """
        .formatted(mode, wait);
  }

  /** Since 0. */
  private static Deciding waiting(String mode) {
    return Deciding.by(rule(mode, "3d"))
        .after(LeadEvents.event(EventKind.MESSAGE_SENT, "m").at(0).received(LeadEvents.T0));
  }

  /** Day and outcome of all that came by itself. */
  private static List<String> told(Deciding deciding) {
    return deciding.moments().stream().map(EditsWhileWaitingTest::told).toList();
  }

  private static String told(RuleDecided decided) {
    VerdictOutcome outcome = decided.getVerdicts().get(0).getOutcome();
    return (decided.getDueAt() - LeadEvents.T0) / DAY / 1000 + " " + outcome;
  }

  @Test
  void putOffAndOnAgainBeforeItsMomentItFiresThen() {
    Deciding deciding = waiting("on").change(DAY, rule("off", "3d"));
    deciding.pass(2 * DAY).change(2 * DAY, rule("on", "3d")).pass(30 * DAY);

    assertThat(told(deciding)).containsExactly("3 FIRED");
  }

  @Test
  void putOffAcrossItsMomentItDoesNotFireLate() {
    Deciding deciding = waiting("on").change(DAY, rule("off", "3d")).pass(4 * DAY);
    deciding.change(4 * DAY, rule("observe", "3d")).pass(5 * DAY);
    deciding.change(5 * DAY, rule("on", "3d")).pass(30 * DAY);

    assertThat(told(deciding)).isEmpty();
  }

  @Test
  void putOffAndOnAgainWithALongerWaitItFiresAtTheNewMoment() {
    Deciding deciding = waiting("on").change(DAY, rule("off", "3d")).pass(4 * DAY);
    deciding.change(4 * DAY, rule("on", "6d")).pass(30 * DAY);

    assertThat(told(deciding)).containsExactly("6 FIRED");
  }

  @Test
  void observedAndThenPutOnItDoesNotFireForTheSameBeginning() {
    Deciding deciding = waiting("off").change(DAY, rule("observe", "3d")).pass(4 * DAY);
    deciding.change(4 * DAY, rule("on", "3d")).pass(5 * DAY);
    deciding.change(5 * DAY, rule("on", "7d")).pass(30 * DAY);
    assertThat(told(deciding)).containsExactly("3 OBSERVED");

    deciding.after(LeadEvents.event(EventKind.MESSAGE_SENT, "n").at(40 * DAY)).pass(60 * DAY);
    assertThat(told(deciding)).containsExactly("3 OBSERVED", "47 FIRED");
  }

  @Test
  void putOnWhileItIsObservedItFiresAtItsMoment() {
    Deciding deciding = waiting("observe").pass(DAY).change(DAY, rule("on", "3d")).pass(30 * DAY);

    assertThat(told(deciding)).containsExactly("3 FIRED");
  }

  @Test
  void anAnswerWhileItIsOffEndsTheWait() {
    Deciding deciding = waiting("on").change(DAY, rule("off", "3d"));
    deciding.after(LeadEvents.event(EventKind.MESSAGE_RECEIVED, "a").at(2 * DAY));
    deciding.change(2 * DAY + 1, rule("on", "3d")).pass(30 * DAY);

    assertThat(told(deciding)).isEmpty();
  }
}
