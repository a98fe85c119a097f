package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One YAML or JSON document, and on which line each of its values stands.
 *
 * @param lines JSON pointer to 1-based line
 */
record Document(Path file, int line, ObjectNode body, Map<String, Integer> lines) {

  /** In which words a JSON Schema tells the thing around a property that it does not know. */
  private static final Pattern STRANGER =
      Pattern.compile("property '(.+)' is not (?:defined|evaluated) in the schema.*");

  Problem problem(String pointer, String message) {
    Matcher stranger = STRANGER.matcher(message);
    String own =
        stranger.matches()
            ? pointer + "/" + stranger.group(1).replace("~", "~0").replace("/", "~1")
            : pointer;
    return lines.containsKey(own)
        ? new Problem(file, lineOf(own), own, message)
        : new Problem(file, lineOf(pointer), pointer, message);
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
