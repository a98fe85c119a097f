package io.voronka.rules.domain;

import io.voronka.rules.LeadEvents;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A condition, the nearest thing that satisfies it and the nearest that does not. Each clause of a
 * rule looks at something of its own, so that one can be changed and no other.
 *
 * @param json with apostrophes for quotes
 */
record RandomClause(String json, About about, String fits, String misses) {

  /** What is changed. */
  enum About {
    /** The custom field whose id is the clause's place in its rule. */
    FIELD,
    /** As FIELD, and the event before carries another value. */
    CHANGE,
    STAGE,
    SOURCE,
    /** How many events came before. */
    COUNT,
    /** Milliseconds since the lead was made. */
    TIME
  }

  private static final String BEFORE = "before";
  private static final List<About> ONCE =
      List.of(About.STAGE, About.SOURCE, About.COUNT, About.TIME);

  /** One whose subject is not taken by others of the rule. */
  static RandomClause next(RandomGenerator random, int place, List<RandomClause> others) {
    while (true) {
      RandomClause clause = any(random, place);
      boolean taken =
          ONCE.contains(clause.about)
              && others.stream().anyMatch(other -> other.about == clause.about);
      if (!taken) {
        return clause.nested(random);
      }
    }
  }

  /** Puts what satisfies it, or what does not, into the event. */
  void into(LeadEvents event, int place, boolean satisfied) {
    String value = satisfied ? fits : misses;
    switch (about) {
      case FIELD, CHANGE -> {
        if (value != null) {
          event.texts("" + place, value);
        }
      }
      case STAGE -> event.field("status_id", value);
      case SOURCE -> event.field("source", value);
      case TIME -> event.received(LeadEvents.T0 + Long.parseLong(value));
      case COUNT -> {}
    }
  }

  /** Puts what was there before into the lead's creation. */
  void before(LeadEvents creation, int place) {
    if (about == About.CHANGE) {
      creation.texts("" + place, BEFORE);
    }
  }

  /** How many events have to come between creation and event. */
  int events(boolean satisfied) {
    return about == About.COUNT ? Integer.parseInt(satisfied ? fits : misses) : 0;
  }

  private RandomClause nested(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> new RandomClause("{'not': " + json + "}", about, misses, fits).known();
      case 1 -> new RandomClause("{'all': [%s]}".formatted(json), about, fits, misses);
      case 2 ->
          new RandomClause(
              "{'any': [{'field_value': {'field': 'never', 'operator': 'not_empty'}}, %s]}"
                  .formatted(json),
              about,
              fits,
              misses);
      default -> this;
    };
  }

  /** What is unknown satisfies nothing, its negation neither. */
  private RandomClause known() {
    return fits == null
        ? new RandomClause(json.substring(8, json.length() - 1), about, misses, null)
        : this;
  }

  private static RandomClause any(RandomGenerator random, int place) {
    int n = random.nextInt(1, 1000);
    String x = "x" + n;
    return switch (random.nextInt(25)) {
      case 0 ->
          field(place, "equals', 'value': " + n, "" + n, random.nextBoolean() ? null : n + ".01");
      case 1 -> field(place, "equals', 'value': '%s'".formatted(x), x, x + "y");
      case 2 -> field(place, "not_equals', 'value': " + n, n + ".01", n + ".0");
      case 3 ->
          field(
              place, "contains', 'value': '%s'".formatted(x), "a" + x + "b", "ax" + (n + 1) + "b");
      case 4 -> field(place, "not_contains', 'value': '%sq'".formatted(x), x, "a" + x + "q");
      case 5 -> field(place, "starts_with', 'value': '%s'".formatted(x), x, " " + x);
      case 6 -> field(place, "ends_with', 'value': '%s'".formatted(x), "." + x, x + ".");
      case 7 -> field(place, "greater', 'value': " + n, n + ".000001", "" + n);
      case 8 -> field(place, "greater_or_equal', 'value': " + n, n + ".00", n - 1 + ".999999");
      case 9 -> field(place, "less', 'value': " + n, n - 1 + ".999999", "" + n);
      case 10 -> field(place, "less_or_equal', 'value': " + n, "" + n, n + ".000001");
      case 11 ->
          field(place, "between', 'min': %d, 'max': %d".formatted(n, n + 5), "" + n, n - 1 + ".9");
      case 12 ->
          field(
              place,
              "between', 'min': %d, 'max': %d".formatted(n, n + 5),
              "" + (n + 5),
              n + 5 + ".1");
      case 13 -> field(place, "in', 'values': ['a', '%s']".formatted(x), x, "b");
      case 14 -> field(place, "not_in', 'values': ['a', '%s']".formatted(x), "b", x);
      case 15 -> field(place, "empty'", "", "x");
      case 16 -> field(place, "not_empty'", "x", random.nextBoolean() ? null : " ");
      case 17 -> field(place, "matches', 'value': '^x[0-9]+$'", x, x + "y");
      case 18 ->
          field(
              place,
              "equals', 'type': 'date', 'value': '2025-10-09T08:53:20Z'",
              "1760000000",
              "1760000001");
      case 19 -> change(place, "changed'", x, BEFORE);
      case 20 -> change(place, "changed_to', 'value': '%s'".formatted(x), x, x + "y");
      case 21 -> change(place, "changed_from', 'value': '%s'".formatted(BEFORE), x, null);
      case 22 -> new RandomClause("{'stage_changed': {'to': 11}}", About.STAGE, "11", "10");
      case 23 ->
          random.nextBoolean()
              ? new RandomClause(
                  "{'event_triggered': {'event': 'lead_updated', 'where': [{'field': 'source',"
                      + " 'operator': 'equals', 'value': 'site'}]}}",
                  About.SOURCE,
                  "site",
                  "sites")
              : new RandomClause(
                  "{'event_triggered': {'event': 'lead_updated', 'times': 3, 'within': '1d'}}",
                  About.COUNT,
                  "2",
                  "1");
      default ->
          new RandomClause(
              "{'time_elapsed': {'since': 'creation', 'for': '%ds'}}".formatted(n + 10),
              About.TIME,
              (n + 10) + "000",
              (n + 9) + "999");
    };
  }

  private static RandomClause field(int place, String test, String fits, String misses) {
    return new RandomClause(value(place, test), About.FIELD, fits, misses);
  }

  private static RandomClause change(int place, String test, String fits, String misses) {
    return new RandomClause(value(place, test), About.CHANGE, fits, misses);
  }

  private static String value(int place, String test) {
    return "{'field_value': {'field_id': %d, 'operator': '%s}}".formatted(place, test);
  }
}
