package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one document's fields and collects everything that is wrong with them. */
final class FieldReader {
  static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  private final Document document;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  FieldReader(Document document, List<Problem> problems) {
    this.document = document;
    this.problems = problems;
    known.add("kind");
  }

  /** To YAML, {@code mode: off} without quotes is a truth value. */
  static void spellOnAndOff(ObjectNode definition, String field) {
    JsonNode value = definition.path(field);
    if (value.isBoolean()) {
      definition.put(field, value.booleanValue() ? "on" : "off");
    }
  }

  /** Present, text and matching, or a problem and the empty string. */
  String text(String field, Pattern pattern, String rule) {
    Optional<String> value = optionalText(field, pattern, rule);
    if (value.isEmpty() && !document.body().hasNonNull(field)) {
      problem(field, "is required");
    }
    return value.orElse("");
  }

  String slug(String field) {
    return text(
        field,
        SLUG,
        "must be 1-64 of a-z, 0-9, dot, dash, underscore, starting and ending with a letter or"
            + " digit");
  }

  Optional<String> optionalText(String field, Pattern pattern, String rule) {
    JsonNode value = take(field);
    if (value == null) {
      return Optional.empty();
    }
    // An id made of digits only is a number to YAML; whoever writes 31337001 means the text.
    String text = value.isIntegralNumber() ? value.asText() : value.textValue();
    if (text == null || !pattern.matcher(text).matches()) {
      problem(field, rule);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** One to {@code most} different texts, each matching. */
  List<String> texts(String field, int most, Pattern pattern, String rule) {
    if (!document.body().hasNonNull(field)) {
      problem(field, "is required");
    }
    return optionalTexts(field, most, pattern, rule);
  }

  /** As {@link #texts}, or none. */
  List<String> optionalTexts(String field, int most, Pattern pattern, String rule) {
    JsonNode list = document.body().get(field);
    if (list != null && list.isArray() && list.isEmpty()) {
      known.add(field);
      problem(field, "must be a list of 1 to " + most);
      return List.of();
    }
    return anyTexts(field, most, pattern, rule);
  }

  /** As {@link #optionalTexts}, and the list may be empty. */
  List<String> anyTexts(String field, int most, Pattern pattern, String rule) {
    JsonNode list = take(field);
    if (list == null) {
      return List.of();
    }
    if (!list.isArray() || list.size() > most) {
      problem(field, "must be a list of 1 to " + most);
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      String text = item.isIntegralNumber() ? item.asText() : item.textValue();
      if (text == null || !pattern.matcher(text).matches()) {
        problem(field + "/" + i, rule);
      } else if (!texts.add(text)) {
        problem(field + "/" + i, "is given twice");
      }
    }
    return List.copyOf(texts);
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = take(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      problem(field, "must be true or false");
    }
    return value.booleanValue();
  }

  Optional<Boolean> optionalFlag(String field) {
    return has(field) ? Optional.of(flag(field, false)) : missing(field);
  }

  boolean has(String field) {
    return document.body().hasNonNull(field);
  }

  private Optional<Boolean> missing(String field) {
    known.add(field);
    return Optional.empty();
  }

  int number(String field, int low, int high, int otherwise) {
    JsonNode value = take(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < low
        || value.intValue() > high) {
      problem(field, "must be a whole number from " + low + " to " + high);
      return otherwise;
    }
    return value.intValue();
  }

  void problem(String field, String message) {
    problems.add(document.problem("/" + field, message));
  }

  /** Names every field that nothing asked for. */
  void rejectUnknown() {
    List<String> unknown = new ArrayList<>();
    document.body().fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    for (String field : unknown) {
      problem(field, "is not a field of this kind; its fields are " + String.join(", ", known));
    }
  }

  private JsonNode take(String field) {
    known.add(field);
    JsonNode value = document.body().get(field);
    return value == null || value.isNull() ? null : value;
  }
}
