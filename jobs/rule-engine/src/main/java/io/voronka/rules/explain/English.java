package io.voronka.rules.explain;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The sentence in English. */
final class English implements Words {
  static final Written WRITTEN = new Written("“", "”", "yes", "no", "yyyy-MM-dd HH:mm");

  @Override
  public String joined(List<String> parts, boolean or) {
    String word = or ? "or " : "and ";
    if (parts.size() == 1) {
      return parts.get(0);
    }
    boolean commas = Written.commas(parts);
    String last = parts.get(parts.size() - 1);
    String first = String.join(commas ? "; " : ", ", parts.subList(0, parts.size() - 1));
    String before = commas ? "; " : parts.size() == 2 ? " " : ", ";
    return first + before + word + last;
  }

  @Override
  public String not(String part) {
    return "it is not true that (" + part + ')';
  }

  @Override
  public String field(FieldRef field, FieldTest test, boolean holds) {
    List<String> operands = WRITTEN.operands(test);
    String place = EnglishFields.place(field, test, holds, operands);
    if (place != null) {
      return place;
    }
    String is = holds ? " is " : " is not ";
    String among = "one of (" + String.join(", ", operands) + ')';
    String has = holds ? " has changed" : " has not changed";
    String value = operands.isEmpty() ? "" : operands.get(0);
    boolean date = test.type() == ValueType.DATE;
    String said =
        switch (test.operator()) {
          case EQUALS -> is + value;
          case NOT_EQUALS -> (holds ? " is not " : " is ") + value;
          case CONTAINS -> (holds ? " contains " : " does not contain ") + value;
          case NOT_CONTAINS -> (holds ? " does not contain " : " contains ") + value;
          case STARTS_WITH -> (holds ? " starts with " : " does not start with ") + value;
          case ENDS_WITH -> (holds ? " ends with " : " does not end with ") + value;
          case IN -> is + among;
          case NOT_IN -> (holds ? " is not " : " is ") + among;
          case EMPTY -> is + "empty";
          case NOT_EMPTY -> (holds ? " is not " : " is ") + "empty";
          case CHANGED -> has;
          case CHANGED_TO -> has + " to " + value;
          case CHANGED_FROM -> has + " from " + value;
          case MATCHES -> (holds ? " matches " : " does not match ") + pattern(test);
          case BETWEEN -> is + "between " + value + " and " + operands.get(1);
          case GREATER -> holds ? (date ? " is after " : " is more than ") + value : null;
          case GREATER_OR_EQUAL ->
              holds ? (date ? " is " + value + " or later" : " is at least " + value) : null;
          case LESS -> holds ? (date ? " is before " : " is less than ") + value : null;
          case LESS_OR_EQUAL ->
              holds ? (date ? " is " + value + " or earlier" : " is at most " + value) : null;
        };
    // Of what cannot be compared neither holds, so "not more than" would say too much.
    return said == null ? null : EnglishFields.named(field) + said + ignoringCase(test);
  }

  private static String pattern(FieldTest test) {
    return "the pattern /" + test.pattern().pattern() + '/';
  }

  private static String ignoringCase(FieldTest test) {
    return test.type() == ValueType.TEXT_IGNORE_CASE ? " in upper or lower case" : "";
  }

  @Override
  public String stage(StageChanged condition, boolean holds) {
    return (holds ? "the lead has entered " : "the lead has not entered ") + where(condition);
  }

  @Override
  public String entered(StageChanged condition) {
    return "when a lead enters " + where(condition);
  }

  private static String where(StageChanged condition) {
    StringBuilder words = new StringBuilder();
    words.append(condition.to().isEmpty() ? "a stage" : EnglishFields.stages(condition.to()));
    if (!condition.pipelines().isEmpty()) {
      words.append(" in pipeline ").append(String.join(" or ", condition.pipelines()));
    }
    if (!condition.from().isEmpty()) {
      words.append(" from ").append(EnglishFields.stages(condition.from()));
    }
    return words.toString();
  }

  @Override
  public String event(EventTriggered condition, ConditionWords filters) {
    String what = a(condition.kinds());
    if (!condition.filters().isEmpty()) {
      what += " where " + filters.of(condition.filters());
    }
    EventTriggered.Often often = condition.often();
    return often == null
        ? "the event is " + what
        : "there has been "
            + what
            + ' '
            + times(often.times(), "at least ")
            + " within "
            + duration(often.withinMillis());
  }

  @Override
  public String wait(TimeElapsed condition) {
    long after = condition.afterMillis();
    String since = EnglishKinds.since(condition.since());
    String words;
    if (condition.since().kind() != Anchor.Kind.DATE_FIELD) {
      words = "it has been at least " + duration(after) + " since " + since;
    } else if (after == 0) {
      words = since + " has come";
    } else if (after > 0) {
      words = "it has been at least " + duration(after) + " since " + since;
    } else {
      words = "it is at most " + duration(-after) + " until " + since;
    }
    return words + without(condition);
  }

  @Override
  public String moment(TimeElapsed condition) {
    long after = condition.afterMillis();
    String since = EnglishKinds.since(condition.since());
    String words =
        after == 0
            ? "on " + since
            : duration(Math.abs(after)) + (after > 0 ? " after " : " before ") + since;
    return words + without(condition);
  }

  private static String without(TimeElapsed condition) {
    if (condition.unless().isEmpty()) {
      return "";
    }
    List<String> nouns = condition.unless().stream().sorted().map(EnglishKinds::noun).toList();
    return " with no " + String.join(" or ", nouns) + " since then";
  }

  @Override
  public String when(List<EventKind> kinds, boolean orMoments) {
    List<String> said = new ArrayList<>(kinds.stream().map(EnglishKinds::happens).toList());
    if (orMoments) {
      said.add("the time of a wait in its conditions comes");
    }
    return "when " + joined(said, true);
  }

  @Override
  public String scope(Rule rule) {
    String words =
        switch (rule.mode()) {
          case ON -> "";
          case OBSERVE -> "only observed, nothing is done: ";
          case OFF -> "switched off: ";
        };
    words += rule.account().map(account -> "in the account " + account + ", ").orElse("");
    return words + rule.agent().map(agent -> "for the agent " + agent + ", ").orElse("");
  }

  @Override
  public String hours(Rule rule) {
    ActiveHours active = rule.active().orElse(null);
    if (active == null) {
      return "";
    }
    StringBuilder words = new StringBuilder(", only ").append(window(active));
    words.append(" in the tenant's time zone (outside of that it ");
    boolean waits = active.outside() == ActiveHours.Outside.WAIT;
    return words.append(waits ? "waits for the next start)" : "does not fire)").toString();
  }

  @Override
  public String window(ActiveHours active) {
    return EnglishDays.window(active);
  }

  @Override
  public String days(Set<DayOfWeek> days) {
    return EnglishDays.of(days);
  }

  @Override
  public String noun(EventKind kind) {
    return EnglishKinds.noun(kind);
  }

  @Override
  public String condition(String words) {
    return ", if " + words;
  }

  @Override
  public String then(String actions, boolean conditional) {
    return (conditional ? ", then " : ", ") + actions;
  }

  @Override
  public String named(FieldRef field) {
    return EnglishFields.named(field);
  }

  @Override
  public String span(long millis) {
    return duration(millis);
  }

  @Override
  public String action(ActionTemplate action) {
    return EnglishActions.of(action);
  }

  @Override
  public List<String> limits(Rule rule) {
    List<String> words = new ArrayList<>();
    Limits limits = rule.limits();
    if (limits.cooldownMillis() > 0) {
      words.add("not again within " + duration(limits.cooldownMillis()) + " for the same lead");
    }
    if (limits.times() > 0) {
      words.add(
          times(limits.times(), "at most ")
              + " within "
              + duration(limits.withinMillis())
              + " for the same lead");
    }
    if (limits.perDay() > 0) {
      words.add(times(limits.perDay(), "at most ") + " a day over all leads");
    }
    if (rule.priority() != 0) {
      words.add("priority " + rule.priority());
    }
    if (rule.stopAfterMatch()) {
      String once = rule.mode() == Rule.Mode.OBSERVE ? "once it is on and" : "once it";
      words.add(once + " has fired, no rule after it fires for the same event");
    }
    return words;
  }

  static String duration(long millis) {
    List<String> parts = new ArrayList<>();
    for (Span span : Span.of(millis)) {
      String unit = span.unit().name().toLowerCase(Locale.ROOT);
      parts.add(span.amount() + " " + unit + (span.amount() == 1 ? "" : "s"));
    }
    return String.join(" ", parts);
  }

  private static String times(int times, String bound) {
    return bound + (times == 1 ? "once" : times + " times");
  }

  private static String a(Collection<EventKind> kinds) {
    return String.join(
        " or ",
        kinds.stream()
            .sorted()
            .map(EnglishKinds::noun)
            .map(noun -> ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun)
            .toList());
  }
}
