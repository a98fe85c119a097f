package io.voronka.connectors.crm.kommo.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A value that has parts of its own (a file, a legal entity, a link of a chained list) as one text:
 * a JSON object, its names sorted, its leaves texts. A form and JSON give the same text for the
 * same value.
 */
public final class NestedText {
  private NestedText() {}

  /**
   * Null when no part is left.
   *
   * @param wanted which nodes at the top are parts of it
   */
  public static String of(FormNode node, Predicate<FormNode> wanted) {
    ObjectNode parts = object(node, wanted);
    return parts.isEmpty() ? null : parts.toString();
  }

  /**
   * As the other, for an object or a list of JSON.
   *
   * @param wanted which names at the top are parts of it
   */
  public static String of(JsonNode node, Predicate<String> wanted) {
    ObjectNode parts = object(node, wanted);
    return parts.isEmpty() ? null : parts.toString();
  }

  /** A leaf of JSON as forms have it: true and false are 1 and 0; null for null. */
  public static String leaf(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "1" : "0";
    }
    return value.isValueNode() && !value.isNull() && !value.isMissingNode() ? value.asText() : null;
  }

  private static ObjectNode object(FormNode node, Predicate<FormNode> wanted) {
    Map<String, FormNode> sorted = new TreeMap<>();
    for (int i = 0; i < node.size(); i++) {
      if (wanted.test(node.childAt(i))) {
        sorted.put(node.childAt(i).name(), node.childAt(i));
      }
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    sorted.forEach(
        (name, child) -> {
          if (child.size() > 0) {
            object.set(name, object(child, any -> true));
          } else {
            object.put(name, child.text());
          }
        });
    return object;
  }

  private static ObjectNode object(JsonNode node, Predicate<String> wanted) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        sorted.put(Integer.toString(i), node.get(i));
      }
    } else {
      node.properties().forEach(part -> sorted.put(part.getKey(), part.getValue()));
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    sorted.forEach(
        (name, part) -> {
          if (!wanted.test(name)) {
            return;
          }
          if (part.isContainerNode() && !part.isEmpty()) {
            object.set(name, object(part, any -> true));
          } else if (leaf(part) != null) {
            object.put(name, leaf(part));
          }
        });
    return object;
  }
}
