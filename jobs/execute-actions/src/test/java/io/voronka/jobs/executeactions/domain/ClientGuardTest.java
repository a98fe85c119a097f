package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.Recipient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientGuardTest {
  private static final long NOW = Requests.NOW;
  private static final long HOUR = 3_600_000;
  private static final FrequencyCap TWO_A_DAY = new FrequencyCap(2, 24 * HOUR);

  private final FixedControls controls = new FixedControls();
  private final BookInMemory book = new BookInMemory();
  private final Guard guard = new Guard(controls, book, Duration.ofSeconds(10));

  @BeforeEach
  void theAgentAndTheSenderAreKnown() {
    controls.integrationUser("77");
    controls.agent(anna(2 * HOUR));
    controls.add(pending(request(ActionKind.AI_RESPONSE, "x", "100", "7")).need());
    controls.add(pending(request(ActionKind.SEND_EMAIL, "x", "100", "7")).need());
  }

  // How often

  @ParameterizedTest
  @ValueSource(strings = {"SEND_MESSAGE", "RUN_SALESBOT"})
  void messagesAndSalesbotRunsOfAllRulesCountForOneContact(ActionKind kind) {
    controls.cap(TWO_A_DAY, null);
    send(request(ActionKind.SEND_MESSAGE, "a", "100", "7"), NOW);
    send(request(ActionKind.RUN_SALESBOT, "b", "200", "7"), NOW + HOUR);

    PendingAction third = pending(request(kind, "c", "300", "7"));

    assertRefused(guard.judge(third, NOW + 2 * HOUR), Reason.FREQUENCY_CAP);
    assertSent(guard.judge(third, NOW + 24 * HOUR));
  }

  @Test
  void anotherContactHasACountOfItsOwn() {
    controls.cap(TWO_A_DAY, null);
    send(request(ActionKind.SEND_MESSAGE, "a", "100", "7"), NOW);
    send(request(ActionKind.SEND_MESSAGE, "b", "100", "7"), NOW);

    assertSent(guard.judge(pending(request(ActionKind.SEND_MESSAGE, "c", "200", "8")), NOW));
  }

  @Test
  void whileTheContactIsNotKnownTheLeadStandsForIt() {
    controls.cap(TWO_A_DAY, null);
    send(request(ActionKind.SEND_MESSAGE, "a", "100", null), NOW);
    send(request(ActionKind.SEND_MESSAGE, "b", "100", "7"), NOW);

    assertRefused(
        guard.judge(pending(request(ActionKind.SEND_MESSAGE, "c", "100", "7")), NOW),
        Reason.FREQUENCY_CAP);
  }

  @Test
  void mailsAreCountedByTheirAddressAndApartFromMessages() {
    controls.cap(new FrequencyCap(9, HOUR), new FrequencyCap(1, 24 * HOUR));
    send(request(ActionKind.SEND_MESSAGE, "a", "100", "7"), NOW);
    send(request(ActionKind.SEND_EMAIL, "b", "100", "7"), NOW);

    assertRefused(
        guard.judge(pending(request(ActionKind.SEND_EMAIL, "c", "200", "8")), NOW),
        Reason.FREQUENCY_CAP);
    assertSent(guard.judge(pending(request(ActionKind.SEND_MESSAGE, "d", "100", "7")), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AI_RESPONSE", "ADD_NOTE", "CREATE_TASK", "WEBHOOK"})
  void whatIsNoMessageOfOurOwnAccordIsNotCapped(ActionKind kind) {
    controls.cap(new FrequencyCap(1, HOUR), new FrequencyCap(1, HOUR));
    send(request(ActionKind.SEND_MESSAGE, "a", "100", "7"), NOW);

    assertSent(guard.judge(pending(request(kind, "b", "100", "7")), NOW));
  }

  @Test
  void anAttemptThatFailedIsNotCountedAndOneThatIsTriedAgainIsCountedOnce() {
    controls.cap(TWO_A_DAY, null);
    ActionRequested tried = request(ActionKind.SEND_MESSAGE, "a", "100", "7");
    send(tried, NOW);
    send(tried, NOW + 1);
    ActionRequested failed = request(ActionKind.SEND_MESSAGE, "b", "100", "7");
    send(failed, NOW + 2);
    assertSent(guard.judge(pending(tried), NOW + 2));

    guard.finished(pending(failed), ActionOutcome.FAILED, NOW + 3);

    assertSent(guard.judge(pending(request(ActionKind.SEND_MESSAGE, "c", "100", "7")), NOW + 3));
  }

  @Test
  void whatIsFoundToHaveBeenSentCounts() {
    controls.cap(new FrequencyCap(1, HOUR), null);

    guard.finished(
        pending(request(ActionKind.SEND_MESSAGE, "a", "100", "7")), ActionOutcome.CONFIRMED, NOW);

    assertRefused(
        guard.judge(pending(request(ActionKind.SEND_MESSAGE, "b", "100", "7")), NOW),
        Reason.FREQUENCY_CAP);
  }

  // Who said stop

  @ParameterizedTest
  @CsvSource({
    "SEND_MESSAGE, contact:main/7",
    "SEND_MESSAGE, phone:79991234567",
    "RUN_SALESBOT, phone:79991234567",
    "AI_RESPONSE,  contact:main/7",
    "SEND_EMAIL,   mail:client@example.com",
  })
  void whoSaidStopIsNotWrittenTo(ActionKind kind, String recipient) {
    PendingAction action = pending(request(kind, "a", "100", "7"));
    assertSent(guard.judge(action, NOW));

    controls.optOut(recipient);

    assertRefused(guard.judge(action, NOW), Reason.OPTED_OUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADD_NOTE", "CREATE_TASK", "CHANGE_STAGE", "WEBHOOK"})
  void workInTheCrmGoesOnForWhoSaidStop(ActionKind kind) {
    controls.optOut("contact:main/7");

    assertSent(guard.judge(pending(request(kind, "a", "100", "7")), NOW));
  }

  // Who is spoken to by a person

  @ParameterizedTest
  @CsvSource({
    "SEND_MESSAGE, TALK/55",
    "SEND_MESSAGE, CONTACT/7",
    "AI_RESPONSE,  LEAD/100",
    "RUN_SALESBOT, CONTACT/7",
  })
  void anAgentKeepsSilentWhereAPersonHasWritten(ActionKind kind, String place) {
    PendingAction action = pending(request(kind, "a", "100", "7"));
    book.wrote(place, "500", NOW);

    assertRefused(guard.judge(action, NOW + 2 * HOUR - 1), Reason.HUMAN_TOOK_OVER);
    assertSent(guard.judge(action, NOW + 2 * HOUR));
  }

  @Test
  void ourOwnMessagesAreNoPersons() {
    book.wrote("TALK/55", "77", NOW);

    assertSent(guard.judge(pending(request(ActionKind.AI_RESPONSE, "a", "100", "7")), NOW));
  }

  @Test
  void whereOurOwnUserIsNotKnownTheAgentGoesOn() {
    controls.integrationUser(null);
    book.wrote("TALK/55", "500", NOW);

    assertSent(guard.judge(pending(request(ActionKind.AI_RESPONSE, "a", "100", "7")), NOW));
  }

  @Test
  void anAgentThatDoesNotMindGoesOn() {
    controls.agent(anna(0));
    book.wrote("TALK/55", "500", NOW);

    assertSent(guard.judge(pending(request(ActionKind.AI_RESPONSE, "a", "100", "7")), NOW));
  }

  @Test
  void aRuleWithoutAnAgentDoesNotMindEither() {
    book.wrote("TALK/55", "500", NOW);
    ActionRequested nobodys =
        Requests.builder(ActionKind.SEND_MESSAGE, "a").setAgentId(null).build();

    assertSent(guard.judge(pending(nobodys), NOW));
  }

  // What has been taken back

  @Test
  void whatWasTakenBackIsWithdrawn() {
    book.withdraw("a");

    assertThat(guard.judge(pending(request(ActionKind.ADD_NOTE, "a", "100", "7")), NOW))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.WITHDRAW, Reason.TAKEN_BACK, 0));
  }

  @Test
  void whatMayHaveBeenSentIsLookedForBeforeAnythingElseIsJudged() {
    controls.optOut("contact:main/7");
    book.withdraw("a");
    PendingAction doubtful =
        PendingAction.of(
            request(ActionKind.SEND_MESSAGE, "a", "100", "7"),
            ActionProgress.doubtful(ActionKind.SEND_MESSAGE, 0, NOW),
            NOW);

    assertSent(guard.judge(doubtful, NOW));
  }

  private void send(ActionRequested request, long at) {
    PendingAction action = pending(request);
    assertSent(guard.judge(action, at));
    guard.sent(action, at);
  }

  private static void assertSent(Guard.Verdict verdict) {
    assertThat(verdict.kind()).isEqualTo(Guard.Verdict.Kind.SEND);
  }

  private static void assertRefused(Guard.Verdict verdict, Reason reason) {
    assertThat(verdict).isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.REFUSE, reason, 0));
  }

  private static PendingAction pending(ActionRequested request) {
    return PendingAction.of(request, ActionProgress.waiting(0), NOW);
  }

  private static ActionRequested request(ActionKind kind, String id, String lead, String contact) {
    return Requests.builder(kind, id)
        .setSubjectId(lead)
        .setAgentId("anna")
        .setRuleId("rule-" + id)
        .setNotAfter(NOW + 48 * HOUR)
        .setRecipient(contact == null ? null : new Recipient(contact, List.of("8 (999) 123-45-67")))
        .build();
  }

  private static AgentRow anna(long silentMillis) {
    return new AgentRow("acme", "anna", "main", "Anna", true, false, silentMillis);
  }
}
