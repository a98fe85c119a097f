package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.rules.check.RuleSetCheck;
import io.voronka.rules.check.Warning;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.RuleParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is odd about the rules of one tenant, with the lines that it is about where they are known.
 */
final class SetWarnings {
  private final Manifest manifest;
  private final RuleParser parser;

  SetWarnings(Manifest manifest, RuleParser parser) {
    this.manifest = manifest;
    this.parser = parser;
  }

  /** Rules that are not right are left out: others tell of them. */
  List<String> of(String tenant, Collection<RuleSpec> rules, Language language) {
    List<Rule> parsed =
        rules.stream().flatMap(rule -> parser.parse(rule.definition()).rule().stream()).toList();
    RuleSetCheck.Found found = RuleSetCheck.check(parsed);
    List<String> lines = new ArrayList<>();
    for (Warning warning : found.warnings()) {
      StringBuilder text = new StringBuilder();
      for (Warning.Place place : warning.places()) {
        text.append(text.length() == 0 ? "" : "\n    ").append(at(tenant, place)).append(": ");
        text.append(text.indexOf("\n") < 0 ? "warning: " + warning.in(language) : named(place));
      }
      lines.add(text.toString());
    }
    if (!found.complete()) {
      lines.add(tenant + ": warning: there is more to look at than was looked at");
    }
    return lines;
  }

  private String at(String tenant, Warning.Place place) {
    String key = tenant + '/' + place.ruleId();
    return Optional.ofNullable(manifest.origins().get("Rule " + key))
        .map(document -> document.problem(place.pointer(), ""))
        .map(problem -> problem.file() + ":" + problem.line())
        .orElse(key);
  }

  private static String named(Warning.Place place) {
    return "rule " + place.ruleId() + (place.pointer().isEmpty() ? "" : ", " + place.pointer());
  }
}
