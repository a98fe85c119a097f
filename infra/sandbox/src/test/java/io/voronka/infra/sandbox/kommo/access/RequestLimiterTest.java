package io.voronka.infra.sandbox.kommo.access;

import static io.voronka.infra.sandbox.kommo.access.RequestLimiter.Verdict.BLOCKED;
import static io.voronka.infra.sandbox.kommo.access.RequestLimiter.Verdict.PASS;
import static io.voronka.infra.sandbox.kommo.access.RequestLimiter.Verdict.TOO_MANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.sandbox.kommo.model.Limits;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
  private static final Limits LIMITS = new Limits(7, 1, 5, 60, 30);

  private final RequestLimiter limiter = new RequestLimiter();

  @Test
  void sevenPassInAnySecondAndTheEighthDoesNot() {
    for (int i = 0; i < 7; i++) {
      assertThat(judge(i * 100)).isEqualTo(PASS);
    }
    assertThat(judge(999)).isEqualTo(TOO_MANY);
    assertThat(judge(1_000)).as("the first is a second ago").isEqualTo(PASS);
    assertThat(judge(1_001)).isEqualTo(TOO_MANY);
  }

  @Test
  void accountsAndIntegrationsAreCountedApart() {
    for (int i = 0; i < 7; i++) {
      judge(0);
    }
    assertThat(limiter.judge("acme", "other", LIMITS, 0)).isEqualTo(PASS);
    assertThat(limiter.judge("umbra", "client", LIMITS, 0)).isEqualTo(PASS);
    assertThat(judge(0)).isEqualTo(TOO_MANY);
  }

  @Test
  void repeatedExcessBlocksForAWhile() {
    for (int i = 0; i < 7 + 5; i++) {
      judge(0);
    }
    assertThat(judge(5_000)).isEqualTo(BLOCKED);
    assertThat(limiter.blocked("acme", "client", 29_999)).isTrue();
    assertThat(judge(30_000)).isEqualTo(PASS);
  }

  @Test
  void strikesAreForgottenAfterTheirWindow() {
    for (int round = 0; round < 4; round++) {
      long at = round * 61_000L;
      for (int i = 0; i < 7 + 4; i++) {
        judge(at);
      }
      assertThat(limiter.blocked("acme", "client", at)).isFalse();
    }
  }

  private RequestLimiter.Verdict judge(long now) {
    return limiter.judge("acme", "client", LIMITS, now);
  }
}
