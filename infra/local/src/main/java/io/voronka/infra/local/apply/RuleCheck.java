package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Says everything that is wrong with a rule's definition. */
@FunctionalInterface
interface RuleCheck {
  List<Finding> check(ObjectNode definition);

  /**
   * @param pointer JSON pointer inside the definition
   */
  record Finding(String pointer, String message) {}
}
