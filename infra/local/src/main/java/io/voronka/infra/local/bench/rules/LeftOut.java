package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.rules.HeavyTenant.Weight;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of the heavy tenant's rules were left out, and who was told. */
final class LeftOut {
  private LeftOut() {}

  /**
   * Reads the topics of quarantines and alerts.
   *
   * @param versions what the heavy tenant's rules were like, by version
   * @param problems gets what is not as the weights say
   * @return one line for each rule, for a reader
   */
  static List<String> read(TopicBook book, Map<Long, Weight> versions, List<String> problems) {
    RecordCodec<RuleQuarantined> quarantines = RecordCodec.of(RuleQuarantined.class);
    RecordCodec<AlertRaised> alerts = RecordCodec.of(AlertRaised.class);
    Map<String, Set<Long>> leftOut = new TreeMap<>();
    Map<String, Set<String>> reasons = new HashMap<>();
    book.readAll(
        Topics.RULES_QUARANTINED,
        value -> {
          RuleQuarantined rule = quarantines.decode(value);
          leftOut.computeIfAbsent(rule.getRuleId(), id -> new TreeSet<>()).add(rule.getVersion());
          reasons
              .computeIfAbsent(rule.getRuleId(), id -> new TreeSet<>())
              .add(rule.getReason() + ": " + rule.getDetail());
        });
    Set<String> raised = new HashSet<>();
    Set<String> resolved = new HashSet<>();
    book.readAll(
        Topics.ALERTS_RAISED,
        value -> {
          AlertRaised alert = alerts.decode(value);
          (alert.getResolved() ? resolved : raised)
              .add(alert.getParameters().get("rule") + " " + alert.getParameters().get("version"));
        });
    versions.forEach(
        (version, weight) -> {
          Set<String> heavy = new TreeSet<>(weight.definitions().keySet());
          heavy.remove(HeavyTenant.LIGHT);
          Set<String> out = new TreeSet<>();
          leftOut.forEach(
              (rule, all) -> out.addAll(all.contains(version) ? Set.of(rule) : Set.of()));
          // Whether those within their budget go on for too long depends on how fast events come.
          if (weight == Weight.WITHIN_BUDGET ? !heavy.containsAll(out) : !out.equals(heavy)) {
            problems.add(
                "of the rules in version %d %s were left out, and only %s should be"
                    .formatted(version, out, heavy));
          }
        });
    List<String> lines = new ArrayList<>();
    leftOut.forEach(
        (rule, all) -> {
          long told = all.stream().filter(version -> raised.contains(rule + " " + version)).count();
          long over =
              all.stream().filter(version -> resolved.contains(rule + " " + version)).count();
          if (told != all.size()) {
            problems.add("%d of %d alerts about %s".formatted(told, all.size(), rule));
          }
          lines.add(
              "%s was left out %d times (%s), with %d alerts, %d of them over"
                  .formatted(rule, all.size(), String.join("; ", reasons.get(rule)), told, over));
        });
    return lines;
  }
}
