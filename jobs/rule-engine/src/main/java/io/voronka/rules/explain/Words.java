package io.voronka.rules.explain;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;

/** What the sentence of a rule is put together from, in one language. */
interface Words {
  /** Joined by commas and a last "and" or "or"; by semicolons where a part has commas itself. */
  String joined(List<String> parts, boolean or);

  String not(String part);

  /**
   * @param holds false: the contrary, where the language has a plain word for it
   * @return null when it has none
   */
  String field(FieldRef field, FieldTest test, boolean holds);

  String stage(StageChanged condition, boolean holds);

  /** As what the rule is judged at: when a lead enters a stage. */
  String entered(StageChanged condition);

  String event(EventTriggered condition, ConditionWords filters);

  /** As a condition: three days have passed since. */
  String wait(TimeElapsed condition);

  /** As what the rule is judged at: once three days have passed since. */
  String moment(TimeElapsed condition);

  String when(List<EventKind> kinds, boolean orMoments);

  /** In front of the sentence: off or observed, account, agent. May be empty. */
  String scope(Rule rule);

  /** When it may fire; empty: at any time. */
  String hours(Rule rule);

  /** Hours of certain days: from 09:00 to 18:00 on Monday to Friday. */
  String window(ActiveHours active);

  /** On Monday to Friday. */
  String days(Set<DayOfWeek> days);

  /** Name of a kind of events: incoming message. */
  String noun(EventKind kind);

  String condition(String words);

  /**
   * @param conditional true: conditions come right before it
   */
  String then(String actions, boolean conditional);

  String action(ActionTemplate action);

  /** After the actions: limits, priority, stop. */
  List<String> limits(Rule rule);

  /** A field as the object of a sentence: the price, the custom field 600001. */
  String named(FieldRef field);

  /** How long something takes: 3 days. */
  String span(long millis);

  /** Words for the filters of an event. */
  @FunctionalInterface
  interface ConditionWords {
    String of(List<EventTriggered.Filter> filters);
  }

  static Words of(Language language) {
    return switch (language) {
      case EN -> new English();
      case RU -> new Russian();
    };
  }
}
