package io.voronka.rules.explain;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A rule in one sentence: what it listens to, every condition, when and how often it may fire, and
 * all that it does.
 */
public final class Explanation {
  private final Words words;

  private Explanation(Words words) {
    this.words = words;
  }

  public static Explanation in(Language language) {
    return new Explanation(Words.of(language));
  }

  /** The sentence, from its capital to its full stop. */
  public String of(Rule rule) {
    List<EventKind> kinds = rule.triggers().stream().sorted().toList();
    Split split = Split.of(rule);
    StringBuilder sentence = new StringBuilder(words.scope(rule));
    if (split.lead() instanceof TimeElapsed wait) {
      sentence.append(words.moment(wait));
    } else if (split.lead() instanceof StageChanged move) {
      sentence.append(words.entered(move));
    } else {
      sentence.append(words.when(kinds, rule.atMoments()));
    }
    if (split.rest() != null) {
      sentence.append(words.condition(of(split.rest())));
    }
    sentence.append(words.hours(rule));
    String actions = words.joined(rule.actions().stream().map(words::action).toList(), false);
    sentence.append(words.then(actions, split.rest() != null));
    words.limits(rule).forEach(limit -> sentence.append("; ").append(limit));
    return capital(sentence.append('.').toString());
  }

  /** One condition with all below it, as a part of a sentence. */
  public String of(Condition condition) {
    if (condition instanceof AllOf all) {
      return joined(all.members(), false);
    }
    if (condition instanceof AnyOf any) {
      return joined(any.members(), true);
    }
    if (condition instanceof Not not) {
      return not(not.member());
    }
    return leaf(condition);
  }

  /** A field as the object of a sentence: the price, the custom field 600001. */
  public String of(FieldRef field) {
    return words.named(field);
  }

  /**
   * How long something takes.
   *
   * @param millis at least 0
   */
  public String span(long millis) {
    return words.span(millis);
  }

  /** What is done: send the message “Hello”. */
  public String of(ActionTemplate action) {
    return words.action(action);
  }

  /** Hours of certain days: from 09:00 to 18:00 on Monday to Friday. */
  public String of(ActiveHours hours) {
    return words.window(hours);
  }

  /** On Monday to Friday. */
  public String days(Set<DayOfWeek> days) {
    return words.days(days);
  }

  /** Name of a kind of events: incoming message. */
  public String of(EventKind kind) {
    return words.noun(kind);
  }

  /** When a lead is created or a message comes in. */
  public String when(Collection<EventKind> kinds) {
    return words.when(kinds.stream().sorted().toList(), false);
  }

  private String joined(List<Condition> members, boolean or) {
    if (members.size() == 1) {
      return of(members.get(0));
    }
    List<String> parts = new ArrayList<>();
    for (Condition member : members) {
      parts.add(grouped(member) ? '(' + of(member) + ')' : of(member));
    }
    return words.joined(parts, or);
  }

  /** A group of one is no group for a reader. */
  private static boolean grouped(Condition condition) {
    boolean group = condition instanceof AllOf || condition instanceof AnyOf;
    if (group && condition.members().size() == 1) {
      return grouped(condition.members().get(0));
    }
    return group;
  }

  private String not(Condition member) {
    String plain = null;
    if (member instanceof FieldCondition field) {
      plain = words.field(field.field(), field.test(), false);
    } else if (member instanceof StageChanged stage) {
      plain = words.stage(stage, false);
    }
    return plain == null ? words.not(of(member)) : plain;
  }

  private String leaf(Condition condition) {
    if (condition instanceof FieldCondition field) {
      return words.field(field.field(), field.test(), true);
    }
    if (condition instanceof StageChanged stage) {
      return words.stage(stage, true);
    }
    if (condition instanceof EventTriggered event) {
      return words.event(event, this::filters);
    }
    return words.wait((TimeElapsed) condition);
  }

  private String filters(List<EventTriggered.Filter> filters) {
    return words.joined(
        filters.stream().map(f -> words.field(f.field(), f.test(), true)).toList(), false);
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /**
   * What the rule is told by: a rule that only waits by its wait, one that listens to moves by the
   * move, where there is exactly one that must be. The rest of its conditions comes after "if".
   */
  private record Split(Condition lead, Condition rest) {
    static Split of(Rule rule) {
      Condition when = rule.when().orElse(null);
      Class<? extends Condition> kind = null;
      if (rule.triggers().isEmpty()) {
        kind = TimeElapsed.class;
      } else if (rule.triggers().equals(Set.of(EventKind.LEAD_STAGE_CHANGED))
          && !rule.atMoments()) {
        kind = StageChanged.class;
      }
      if (when == null || kind == null || when.nodes().filter(kind::isInstance).count() != 1) {
        return new Split(null, when);
      }
      if (kind.isInstance(when) && !anyMove(when)) {
        return new Split(when, null);
      }
      Condition lead = when.members().stream().filter(kind::isInstance).findFirst().orElse(null);
      if (lead == null || !(when instanceof AllOf) || anyMove(lead)) {
        return new Split(null, when);
      }
      List<Condition> rest = when.members().stream().filter(member -> member != lead).toList();
      return new Split(lead, rest.isEmpty() ? null : new AllOf(when.pointer(), rest));
    }

    /** Says no more than the trigger does. */
    private static boolean anyMove(Condition condition) {
      return condition instanceof StageChanged move
          && move.from().isEmpty()
          && move.to().isEmpty()
          && move.pipelines().isEmpty();
    }
  }
}
