package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * One YAML or JSON document, and on which line each of its values stands.
 *
 * @param lines JSON pointer to 1-based line
 */
record Document(Path file, int line, ObjectNode body, Map<String, Integer> lines) {

  Problem problem(String pointer, String message) {
    return new Problem(file, lineOf(pointer), pointer, message);
  }

  /** The line of the value, or of the nearest thing around it: a missing field has no line. */
  private int lineOf(String pointer) {
    String at = pointer;
    while (!at.isEmpty()) {
      Integer known = lines.get(at);
      if (known != null) {
        return known;
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
    return line;
  }
}
