package io.voronka.jobs.evaluaterules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.AlertSeverity;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleSetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineAlertsTest {
  private static final long T0 = 1_760_000_000_000L;

  private final List<AlertRaised> out = new ArrayList<>();
  private final QuarantineAlerts alerts = new QuarantineAlerts("evaluate-rules", out::add);

  private static LeftOutRule leftOut(long version, String reason) {
    return LeftOutRule.of(
        new RuleQuarantined("acme", "heavy", version, reason, "what is wrong", T0));
  }

  private static NewestSet set(long version, long effectiveAt, RuleRef... members) {
    return NewestSet.of(new RuleSetRow("acme", version, List.of(members), effectiveAt));
  }

  @Test
  void peopleAreToldInBothLanguages() {
    NewestSet set = set(1, T0 - 5, new RuleRef("heavy", 3L));

    Optional<LeftOutRule> told = alerts.settle(leftOut(3, "over-budget"), set, T0);

    assertThat(told).map(LeftOutRule::isTold).contains(true);
    AlertRaised alert = out.get(0);
    assertThat(alert.getKind()).isEqualTo(AlertKind.RULE_QUARANTINED);
    assertThat(alert.getSeverity()).isEqualTo(AlertSeverity.CRITICAL);
    assertThat(alert.getTenantId()).isEqualTo("acme");
    assertThat(alert.getRaisedAt()).isEqualTo(T0);
    assertThat(alert.getResolved()).isFalse();
    assertThat(alert.getTitle().getEn()).isEqualTo("Rule heavy is left out");
    assertThat(alert.getTitle().getRu()).isEqualTo("Правило heavy не выполняется");
    assertThat(alert.getDetail().getEn())
        .startsWith("Version 3 is judged no more")
        .contains("more than 100000 steps on one event");
    assertThat(alert.getDetail().getRu()).startsWith("Версия 3").contains("больше 100000 шагов");
    assertThat(alert.getParameters())
        .containsEntry("rule", "heavy")
        .containsEntry("reason", "over-budget");
  }

  @ParameterizedTest
  @EnumSource(QuarantineReason.class)
  void everyReasonHasItsWords(QuarantineReason reason) {
    String label = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');

    alerts.settle(leftOut(1, label), set(1, T0, new RuleRef("heavy", 1L)), T0);

    assertThat(Stream.of(out.get(0).getDetail().getEn(), out.get(0).getDetail().getRu()))
        .noneMatch(text -> text.contains("{") || text.contains("}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aChangedRuleEndsItsAlertUnderTheSameId() {
    LeftOutRule told =
        alerts
            .settle(leftOut(1, "over-budget"), set(1, T0, new RuleRef("heavy", 1L)), T0 + 7)
            .orElseThrow();

    Optional<LeftOutRule> after =
        alerts.settle(told, set(2, T0 + 1000, new RuleRef("heavy", 2L)), 0);

    assertThat(after).map(LeftOutRule::isTold).contains(false);
    assertThat(out).extracting(AlertRaised::getId).hasSize(2).containsOnly(out.get(0).getId());
    assertThat(out.get(1).getResolved()).isTrue();
    assertThat(out.get(1).getRaisedAt()).isEqualTo(T0 + 7);
    assertThat(out.get(1).getResolvedAt()).isEqualTo(T0 + 1000);
  }

  @Test
  void aRuleThatIsTakenOutEndsItsAlert() {
    LeftOutRule told =
        alerts
            .settle(leftOut(1, "over-budget"), set(1, T0, new RuleRef("heavy", 1L)), T0)
            .orElseThrow();

    alerts.settle(told, set(2, T0 + 1000), 0);

    assertThat(out).extracting(AlertRaised::getResolved).containsExactly(false, true);
  }

  @Test
  void aChangedRuleThatIsLeftOutAgainIsAnotherAlert() {
    alerts.settle(leftOut(1, "over-budget"), set(1, T0, new RuleRef("heavy", 1L)), T0);
    alerts.settle(leftOut(2, "over-budget"), set(2, T0, new RuleRef("heavy", 2L)), T0);

    assertThat(out).extracting(AlertRaised::getId).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aSetOfThePastRaisesNothing() {
    NewestSet newest = set(2, T0, new RuleRef("heavy", 2L));

    assertThat(alerts.settle(leftOut(1, "over-budget"), newest, T0)).isEmpty();
    assertThat(alerts.settle(leftOut(2, "over-budget"), NewestSet.NONE, T0)).isEmpty();
    assertThat(out).isEmpty();
  }

  @Test
  void aRuleThatWasLeftOutBeforeAnyEventIsToldAtTheTimeOfItsSet() {
    alerts.settle(
        LeftOutRule.of(new RuleQuarantined("acme", "torn", 1L, "invalid-definition", "x", 0L)),
        set(1, T0, new RuleRef("torn", 1L)),
        0);

    assertThat(out.get(0).getRaisedAt()).isEqualTo(T0);
  }
}
