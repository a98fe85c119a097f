package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tenant that writes the heaviest rules that are legal, beside another one that is measured. One
 * event in {@value #EVERY} is about its leads, whose names have 2,000 letters; one light rule of
 * its own fires for each of them, whatever becomes of the others.
 */
final class HeavyTenant implements Backlog.Content {
  static final String TENANT = "heavy";
  static final int EVERY = 20;
  static final String LIGHT = "light";

  private static final int NAME_LETTERS = 2_000;
  private static final int COPIES = 2;
  private static final int MOST_MEMBERS = 100;
  private static final int MOST_VALUES = 1_000;
  private static final int MOST_ACTIONS = 20;

  /** No equality, so that the index cannot rule the rule out. */
  private static final String ENDS_WITH_NEVER = named("'operator': 'ends_with', 'value': 'never'");

  private static final BenchTenant ROWS = new BenchTenant(TENANT);

  private final Backlog.Content others;
  private final String name = "abcdefgh".repeat(NAME_LETTERS / 8);

  /**
   * @param others what the other tenant's part of the backlog is
   */
  HeavyTenant(Backlog.Content others) {
    this.others = others;
  }

  /** What its rules are like while a part of the backlog is worked off. */
  enum Weight {
    /** One rule that always fires. */
    LIGHT,
    /** Besides, rules that stay within their budget and take most of it for each event. */
    WITHIN_BUDGET,
    /** Besides, rules that take more than their budget. */
    OVER_BUDGET;

    /** As names in a report have it. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Definitions by rule id. */
    Map<String, String> definitions() {
      Map<String, String> rules = new LinkedHashMap<>();
      put(rules, HeavyTenant.LIGHT, null, "Hello");
      if (this == WITHIN_BUDGET) {
        put(rules, "long-lists", lists(), "x");
        put(rules, "expression", matching("(a?b?c?d?e?f?g?h?){1,2}never$"), "x");
      }
      if (this == OVER_BUDGET) {
        for (int copy = 0; copy < COPIES; copy++) {
          put(rules, "deep-nesting-" + copy, deep(), "x");
          put(rules, "costly-expression-" + copy, matching("(a?b?c?d?e?f?g?h?){1,50}never$"), "x");
          put(rules, "huge-template-" + copy, null, template());
        }
      }
      return rules;
    }
  }

  /** The rows that bring rules of a weight into force at once. */
  static List<ControlChange> change(Weight weight, long version, long effectiveAt) {
    return ROWS.ruleSet(version, weight.definitions(), effectiveAt);
  }

  /** Whether an event of the backlog is its own. */
  static boolean owns(long number) {
    return number % EVERY == 0;
  }

  @Override
  public List<ControlChange> rows(long effectiveAt) {
    List<ControlChange> rows = new ArrayList<>(others.rows(effectiveAt));
    rows.addAll(ROWS.with(Weight.LIGHT.definitions(), effectiveAt));
    return rows;
  }

  @Override
  public CrmEvent event(long number, long at) {
    CrmEvent event = others.event(number, at);
    if (owns(number)) {
      event.setTenantId(TENANT);
      event.getFields().put("name", name);
    }
    return event;
  }

  private static void put(Map<String, String> rules, String id, String when, String text) {
    String actions =
        IntStream.range(0, text.length() > 100 ? MOST_ACTIONS : 1)
            .mapToObj(i -> "{'key': 'n%d', 'add_note': {'text': '%s'}}".formatted(i, text))
            .collect(Collectors.joining(", "));
    rules.put(
        id,
        "{'id': '%s', 'trigger': {'event': 'lead_updated'}, %s 'actions': [%s]}"
            .formatted(id, when == null ? "" : "'when': " + when + ",", actions)
            .replace('\'', '"'));
  }

  private static String named(String rest) {
    return "{'field_value': {'field': 'name', " + rest + "}}";
  }

  private static String matching(String expression) {
    return named("'operator': 'matches', 'value': '" + expression + "'");
  }

  private static String all(Stream<String> members, String last) {
    return Stream.concat(members, Stream.of(last))
        .collect(Collectors.joining(", ", "{'all': [", "]}"));
  }

  /** Each another one: what equal conditions come to is worked out once. */
  private static String lists() {
    return all(IntStream.range(1, MOST_MEMBERS).mapToObj(HeavyTenant::list), ENDS_WITH_NEVER);
  }

  /** A thousand values that the name is not. */
  private static String list(int number) {
    String values =
        IntStream.range(number * MOST_VALUES, (number + 1) * MOST_VALUES)
            .mapToObj(i -> "'" + i + "'")
            .collect(Collectors.joining(",", "[", "]"));
    return named("'operator': 'not_in', 'values': " + values);
  }

  /** As deep and as many as a rule may have. */
  private static String deep() {
    String leaf = named("'operator': 'not_contains', 'value': 'never'");
    String widest = all(Collections.nCopies(MOST_MEMBERS - 1, leaf).stream(), leaf);
    String condition = widest;
    for (int depth = 0; depth < 6; depth++) {
      condition = "{'all': [{'not': {'not': %s}}, %s]}".formatted(condition, widest);
    }
    return condition;
  }

  /** Filters that go over a long value again and again, in as many actions as a rule may have. */
  private static String template() {
    return "{{ lead.name | upcase | downcase | escape | replace: \\\"a\\\", \\\"b\\\" | url_encode }}"
        .repeat(8);
  }
}
