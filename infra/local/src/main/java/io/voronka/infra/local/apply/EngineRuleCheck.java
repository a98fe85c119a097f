package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.rules.parsing.RuleParser;
import java.util.List;

/** The rule engine's own word: what passes here is what evaluate-rules takes. */
final class EngineRuleCheck implements RuleCheck {
  private final RuleParser parser;

  EngineRuleCheck(RuleParser parser) {
    this.parser = parser;
  }

  @Override
  public List<Finding> check(ObjectNode definition) {
    return parser.parse(definition).problems().stream()
        .map(problem -> new Finding(problem.pointer(), problem.message()))
        .toList();
  }
}
