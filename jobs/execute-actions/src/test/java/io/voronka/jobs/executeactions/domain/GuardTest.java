package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.CallWebhook;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardTest {
  private static final long NOW = Requests.NOW;
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, new BookInMemory(), Duration.ofSeconds(10));
  private final PendingAction action =
      PendingAction.of(Requests.of(ActionKind.ADD_NOTE, "a"), ActionProgress.waiting(0), NOW);

  @Test
  void anActiveAccountOfAnActiveTenantMaySend() {
    assertThat(guard.judge(action, NOW).kind()).isEqualTo(Guard.Verdict.Kind.SEND);
  }

  @Test
  void aPausedAccountHolds() {
    controls.pauseAccount(true);

    assertThat(guard.judge(action, NOW))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.HOLD, null, Long.MAX_VALUE));
  }

  @Test
  void aPausedTenantHolds() {
    controls.pauseTenant();

    assertThat(guard.judge(action, NOW).kind()).isEqualTo(Guard.Verdict.Kind.HOLD);
  }

  @Test
  void anInactiveTenantRefuses() {
    controls.deactivateTenant();

    assertThat(guard.judge(action, NOW).reason()).isEqualTo(Reason.TENANT_INACTIVE);
  }

  @Test
  void anInactiveAccountRefuses() {
    controls.deactivateAccount();

    assertThat(guard.judge(action, NOW).reason()).isEqualTo(Reason.ACCOUNT_INACTIVE);
  }

  @Test
  void anUnknownAccountIsWaitedForALittleAndThenRefused() {
    controls.forgetAccount();

    assertThat(guard.judge(action, NOW + 9_999))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.HOLD, null, NOW + 10_000));
    assertThat(guard.judge(action, NOW + 10_000))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.REFUSE, Reason.ACCOUNT_UNKNOWN, 0));
  }

  @Test
  void anUnknownTenantIsWaitedForALittleAndThenRefused() {
    controls.forgetTenant();

    assertThat(guard.judge(action, NOW).kind()).isEqualTo(Guard.Verdict.Kind.HOLD);
    assertThat(guard.judge(action, NOW + 10_000).reason()).isEqualTo(Reason.TENANT_UNKNOWN);
  }

  @Test
  void aSigningKeyThatIsNotThereIsWaitedForALittleAndThenTheActionIsRefused() {
    PendingAction signed = PendingAction.of(signed("partner"), ActionProgress.waiting(0), NOW);

    assertThat(guard.judge(signed, NOW).kind()).isEqualTo(Guard.Verdict.Kind.HOLD);
    assertThat(guard.judge(signed, NOW + 10_000).reason()).isEqualTo(Reason.SIGNING_KEY_UNKNOWN);
    controls.add(signed.need());
    assertThat(guard.judge(signed, NOW).kind()).isEqualTo(Guard.Verdict.Kind.SEND);
  }

  private static ActionRequested signed(String key) {
    return Requests.builder(ActionKind.WEBHOOK, "a")
        .setWebhook(new CallWebhook("https://x.test", Map.of(), "text/plain", "", key))
        .build();
  }

  /** It is 11:00 in Moscow, and the actions' time is over at 12:00. */
  @ParameterizedTest
  @CsvSource({
    "10:00, 11:30, SEND_MESSAGE, HOLD,   30",
    "10:00, 11:30, SEND_EMAIL,   HOLD,   30",
    "10:00, 11:30, RUN_SALESBOT, HOLD,   30",
    "11:00, 12:00, SEND_MESSAGE, HOLD,   60",
    "22:00, 11:30, SEND_MESSAGE, HOLD,   30",
    "22:00, 11:00, SEND_MESSAGE, SEND,   0",
    "11:01, 10:59, SEND_MESSAGE, SEND,   0",
    "10:00, 12:30, SEND_MESSAGE, REFUSE, 0",
    "10:00, 09:00, SEND_MESSAGE, REFUSE, 0",
    "10:00, 11:30, AI_RESPONSE,  SEND,   0",
    "10:00, 11:30, ADD_NOTE,     SEND,   0",
    "10:00, 11:30, WEBHOOK,      SEND,   0",
  })
  void clientsAreLeftInPeaceInTheirQuietHours(
      String from, String to, ActionKind kind, Guard.Verdict.Kind verdict, long minutes) {
    controls.quiet(from, to);
    PendingAction asked = PendingAction.of(Requests.of(kind, "a"), ActionProgress.waiting(0), NOW);
    if (asked.need() != null) {
      controls.add(asked.need());
    }

    Guard.Verdict judged = guard.judge(asked, NOW);

    assertThat(judged.kind()).isEqualTo(verdict);
    if (verdict == Guard.Verdict.Kind.HOLD) {
      assertThat(judged.until()).isEqualTo(NOW + minutes * 60_000);
    } else if (verdict == Guard.Verdict.Kind.REFUSE) {
      assertThat(judged.reason()).isEqualTo(Reason.QUIET_HOURS);
    }
  }

  @Test
  void aPausedRuleHoldsWhatItAskedForAndNothingElse() {
    controls.pauseRule("rule");

    assertThat(guard.judge(action, NOW))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.HOLD, null, Long.MAX_VALUE));
    controls.pauseRule("other");
    assertThat(guard.judge(action, NOW).kind()).isEqualTo(Guard.Verdict.Kind.SEND);
  }

  @Test
  void aPausedAgentHoldsWhatItsRulesAskFor() {
    PendingAction asked = PendingAction.of(ofAgent(), ActionProgress.waiting(0), NOW);

    assertThat(guard.judge(asked, NOW).kind()).isEqualTo(Guard.Verdict.Kind.SEND);
    controls.agent(new AgentRow("acme", "anna", "main", "Anna", true, true, 0L));
    assertThat(guard.judge(asked, NOW))
        .isEqualTo(new Guard.Verdict(Guard.Verdict.Kind.HOLD, null, Long.MAX_VALUE));
    assertThat(guard.judge(action, NOW).kind()).isEqualTo(Guard.Verdict.Kind.SEND);
  }

  @Test
  void anInactiveAgentRefuses() {
    controls.agent(new AgentRow("acme", "anna", "main", "Anna", false, false, 0L));

    assertThat(
            guard.judge(PendingAction.of(ofAgent(), ActionProgress.waiting(0), NOW), NOW).reason())
        .isEqualTo(Reason.AGENT_INACTIVE);
  }

  private static ActionRequested ofAgent() {
    return Requests.builder(ActionKind.ADD_NOTE, "b").setAgentId("anna").build();
  }
}
