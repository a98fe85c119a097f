package io.voronka.rules.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a definition. Reading is lenient: what has the wrong type reads as absent, because the
 * JSON Schema has complained of it already.
 */
public record Node(JsonNode json, String pointer, Problems problems) {
  /** An exponent says more of them than any memory holds. */
  private static final int MOST_ZEROS = 1000;

  /** True when it is an object with such a member. */
  public boolean has(String name) {
    return json.has(name);
  }

  /** A member; what is missing reads as absent all the way down. */
  public Node at(String name) {
    String escaped = name.replace("~", "~0").replace("/", "~1");
    return new Node(json.path(name), pointer + '/' + escaped, problems);
  }

  /** Empty when it is not an array. */
  public List<Node> items() {
    List<Node> items = new ArrayList<>();
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        items.add(new Node(json.get(i), pointer + '/' + i, problems));
      }
    }
    return items;
  }

  /** What an object has, in its order; empty when it is none. */
  public Map<String, Node> members() {
    Map<String, Node> members = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> members.put(name, at(name)));
    return members;
  }

  /** Its items, or itself when it is a single value. */
  public List<Node> oneOrMore() {
    if (json.isMissingNode()) {
      return List.of();
    }
    return json.isArray() ? items() : List.of(this);
  }

  /** A text, or an id written as a number: 142 as well as 142.0. */
  public Optional<String> text() {
    if (json.isTextual()) {
      return Optional.of(json.textValue());
    }
    return json.canConvertToExactIntegral() && json.canConvertToLong()
        ? Optional.of(Long.toString(json.longValue()))
        : Optional.empty();
  }

  /** The same of a member; null when it has none. */
  public String text(String name) {
    return at(name).text().orElse(null);
  }

  /** Any scalar as the text that the CRM would show: flags as 1 and 0, numbers without exponent. */
  public Optional<String> scalar() {
    if (json.isBoolean()) {
      return Optional.of(json.booleanValue() ? "1" : "0");
    }
    if (json.isNumber()) {
      BigDecimal number = json.decimalValue();
      if (Math.abs((long) number.scale()) > MOST_ZEROS) {
        problem("a number of at most " + MOST_ZEROS + " digits is expected");
        return Optional.empty();
      }
      return Optional.of(number.toPlainString());
    }
    return json.isTextual() ? Optional.of(json.textValue()) : Optional.empty();
  }

  /** True when somebody has complained of this place, or of one inside of it. */
  boolean wrong() {
    return problems.at(pointer);
  }

  /** Complains of this place. */
  public void problem(String message) {
    problems.add(pointer, message);
  }
}
