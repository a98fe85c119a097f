package io.voronka.jobs.evaluaterules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.ControlRows;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesInForceTest {
  private static final String BROKEN = "broken";

  private final ControlSnapshot control = new ControlSnapshot(RulesInForce.NEEDED);
  private final List<String> read = new ArrayList<>();
  private final List<String> quarantined = new ArrayList<>();
  private final RulesInForce rules =
      new RulesInForce(
          control,
          row -> {
            read.add(row.getRuleId() + ":" + row.getVersion());
            return row.getDefinition().equals(BROKEN)
                ? RuleReading.quarantined(QuarantineReason.INVALID_DEFINITION, "broken")
                : RuleReading.of(rule(row.getRuleId()));
          },
          (row, reason, detail, at) -> quarantined.add(row.getRuleId() + " " + reason));

  private static Rule rule(String id) {
    return new Rule(
        id,
        id,
        Rule.Mode.ON,
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        Set.of(EventKind.LEAD_UPDATED),
        false,
        Optional.empty(),
        Limits.NONE,
        Optional.empty(),
        List.of());
  }

  private void apply(ControlUpdate... updates) {
    for (ControlUpdate update : updates) {
      update.applyTo(control);
      rules.changed(update.table(), update.key(), update.change());
    }
  }

  private void complete(int ruleRows, int setRows, long generation) {
    apply(
        ControlRows.complete(ControlTable.TENANTS, 0, generation),
        ControlRows.complete(ControlTable.ACCOUNTS, 0, generation),
        ControlRows.complete(ControlTable.RULES, ruleRows, generation),
        ControlRows.complete(ControlTable.RULE_SETS, setRows, generation),
        ControlRows.complete(ControlTable.AGENTS, 0, generation),
        ControlRows.complete(ControlTable.PIPELINES, 0, generation),
        ControlRows.complete(ControlTable.FIELDS, 0, generation),
        ControlRows.complete(ControlTable.USERS, 0, generation));
  }

  private long version(long time) {
    return rules.at("acme", "kommo-1", time).version();
  }

  @Test
  void theNewestSetThatWasInForceAtTheTimeCounts() {
    apply(
        ControlRows.rule("a", 1, "x"),
        ControlRows.ruleSet(3, 3000, "a:1"),
        ControlRows.ruleSet(1, 1000, "a:1"),
        ControlRows.ruleSet(2, 2000));

    assertThat(version(999)).isZero();
    assertThat(version(1000)).isEqualTo(1);
    assertThat(version(2999)).isEqualTo(2);
    assertThat(version(5000)).isEqualTo(3);
    assertThat(rules.at("other", "kommo-1", 5000).version()).isZero();
  }

  @Test
  void setsThatCannotBeInForceAnyMoreAreForgotten() {
    apply(ControlRows.rule("a", 1, "x"));
    for (int version = 1; version <= 50; version++) {
      apply(ControlRows.ruleSet(version, version * 1000L, "a:1"));
    }

    rules.forgetBefore(48_500);

    assertThat(rules.versions()).as("the one in force and two to come").isEqualTo(3);
    assertThat(version(48_500)).isEqualTo(48);
    assertThat(version(50_000)).isEqualTo(50);
  }

  @Test
  void aSetThatIsInForceIsKeptWhileTheNextOneIsIncomplete() {
    apply(
        ControlRows.rule("a", 1, "x"),
        ControlRows.ruleSet(1, 1000, "a:1"),
        ControlRows.ruleSet(2, 2000, "a:2"));

    rules.forgetBefore(10_000);

    assertThat(version(10_000)).isEqualTo(1);
    apply(ControlRows.rule("a", 2, "x"));
    assertThat(version(10_000)).isEqualTo(2);
  }

  @Test
  void eachVersionOfARuleIsReadOnce() {
    apply(
        ControlRows.rule("a", 1, "x"),
        ControlRows.rule("b", 1, BROKEN),
        ControlRows.ruleSet(1, 1000, "a:1", "b:1"),
        ControlRows.ruleSet(2, 2000, "a:1", "b:1"));

    assertThat(rules.at("acme", "kommo-1", 1500).rules()).hasSize(1);
    assertThat(rules.at("acme", "kommo-1", 2500).rules()).hasSize(1);
    assertThat(read).containsExactly("a:1", "b:1");
    assertThat(quarantined).containsExactly("b INVALID_DEFINITION");
  }

  @Test
  void whatComesAfterTheCopyIsCompleteIsReadBeforeAnEventAsks() {
    complete(0, 0, 1);
    apply(ControlRows.ruleSet(1, 1000, "a:1"));
    assertThat(read).isEmpty();

    apply(ControlRows.rule("a", 1, "x"));

    assertThat(read).containsExactly("a:1");
  }

  @Test
  void rowsThatANewerGenerationDoesNotRepeatAreGone() {
    apply(ControlRows.rule("a", 1, "x"), ControlRows.ruleSet(1, 1000, "a:1"));
    complete(1, 1, 1);
    assertThat(version(5000)).isEqualTo(1);

    complete(0, 0, 2);

    assertThat(version(5000)).isZero();
    assertThat(rules.versions()).isZero();
  }

  @Test
  void aTombstoneTakesASetAway() {
    apply(
        ControlRows.rule("a", 1, "x"),
        ControlRows.ruleSet(1, 1000, "a:1"),
        ControlRows.ruleSet(2, 2000, "a:1"));

    apply(ControlRows.gone(ControlTable.RULE_SETS, "acme|2"));

    assertThat(version(5000)).isEqualTo(1);
  }
}
