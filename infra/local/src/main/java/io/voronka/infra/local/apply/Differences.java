package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changes between two versions of a document. */
final class Differences {
  private Differences() {}

  /**
   * Top-level fields that differ. Through text, so that a number compares by its value and not its
   * Java type.
   */
  static List<String> between(ObjectMapper json, JsonNode before, JsonNode after) {
    JsonNode old = canonical(json, before);
    JsonNode now = canonical(json, after);
    Set<String> names = new LinkedHashSet<>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .filter(name -> !old.path(name).equals(now.path(name)))
        .map(name -> name + ": " + shown(old.path(name)) + " -> " + shown(now.path(name)))
        .toList();
  }

  private static JsonNode canonical(ObjectMapper json, JsonNode node) {
    try {
      return json.readTree(node.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was just written", e);
    }
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "(none)" : value.toString();
  }
}
