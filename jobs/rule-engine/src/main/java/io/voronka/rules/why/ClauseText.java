package io.voronka.rules.why;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a clause asks for, said from the clause itself. */
final class ClauseText {
  private static final int MOST_VALUES = 5;

  private final Words words;

  ClauseText(Words words) {
    this.words = words;
  }

  String of(Condition condition) {
    if (condition instanceof AllOf all) {
      return joined(all.members(), Phrase.AND);
    }
    if (condition instanceof AnyOf any) {
      return joined(any.members(), Phrase.OR);
    }
    if (condition instanceof Not not) {
      return Phrase.NOT.in(words.language(), grouped(not.member()));
    }
    if (condition instanceof FieldCondition field) {
      return field(field.field(), field.test());
    }
    if (condition instanceof StageChanged stage) {
      return stage(stage);
    }
    if (condition instanceof EventTriggered event) {
      return event(event);
    }
    return time((TimeElapsed) condition);
  }

  private String joined(List<Condition> members, Phrase with) {
    return members.stream()
        .map(this::grouped)
        .collect(Collectors.joining(with.in(words.language())));
  }

  private String grouped(Condition member) {
    boolean group = member instanceof AllOf || member instanceof AnyOf;
    return group && member.members().size() > 1 ? '(' + of(member) + ')' : of(member);
  }

  private String field(FieldRef ref, FieldTest test) {
    String field = words.field(ref);
    List<String> values =
        test.operands().stream().map(value -> words.operand(test.type(), value)).toList();
    boolean date = test.type() == ValueType.DATE;
    return switch (test.operator()) {
      case EQUALS -> say(ClausePhrase.EQUALS, field, values.get(0));
      case NOT_EQUALS -> say(ClausePhrase.NOT_EQUALS, field, values.get(0));
      case CONTAINS -> say(ClausePhrase.CONTAINS, field, values.get(0));
      case NOT_CONTAINS -> say(ClausePhrase.NOT_CONTAINS, field, values.get(0));
      case STARTS_WITH -> say(ClausePhrase.STARTS_WITH, field, values.get(0));
      case ENDS_WITH -> say(ClausePhrase.ENDS_WITH, field, values.get(0));
      case GREATER -> say(date ? ClausePhrase.AFTER : ClausePhrase.GREATER, field, values.get(0));
      case GREATER_OR_EQUAL ->
          say(date ? ClausePhrase.NOT_BEFORE : ClausePhrase.GREATER_OR_EQUAL, field, values.get(0));
      case LESS -> say(date ? ClausePhrase.BEFORE : ClausePhrase.LESS, field, values.get(0));
      case LESS_OR_EQUAL ->
          say(date ? ClausePhrase.NOT_AFTER : ClausePhrase.LESS_OR_EQUAL, field, values.get(0));
      case BETWEEN -> say(ClausePhrase.BETWEEN, field, values.get(0), values.get(1));
      case IN -> say(ClausePhrase.IN, field, some(values));
      case NOT_IN -> say(ClausePhrase.NOT_IN, field, some(values));
      case EMPTY -> say(ClausePhrase.EMPTY, field);
      case NOT_EMPTY -> say(ClausePhrase.NOT_EMPTY, field);
      case CHANGED -> say(ClausePhrase.CHANGED, field);
      case CHANGED_TO -> say(ClausePhrase.CHANGED_TO, field, values.get(0));
      case CHANGED_FROM -> say(ClausePhrase.CHANGED_FROM, field, values.get(0));
      case MATCHES -> say(ClausePhrase.MATCHES, field, words.value(test.pattern().pattern()));
    };
  }

  private String stage(StageChanged stage) {
    String entered =
        stage.to().isEmpty()
            ? say(ClausePhrase.ANY_STAGE)
            : say(ClausePhrase.STAGE, either(stage.to()));
    String pipeline =
        stage.pipelines().isEmpty() ? "" : say(ClausePhrase.IN_PIPELINE, either(stage.pipelines()));
    String from = stage.from().isEmpty() ? "" : say(ClausePhrase.FROM_STAGE, either(stage.from()));
    return entered + pipeline + from;
  }

  private String event(EventTriggered event) {
    StringBuilder filters = new StringBuilder();
    for (EventTriggered.Filter filter : event.filters()) {
      String test = field(filter.field(), filter.test());
      filters.append(
          filters.length() == 0
              ? say(ClausePhrase.WITH, test)
              : Phrase.AND.in(words.language()) + test);
    }
    String which = kinds(event.kinds()) + filters;
    return event.often() == null
        ? say(ClausePhrase.EVENT, which)
        : say(
            ClausePhrase.TIMES,
            which,
            words.times(event.often().times()),
            words.duration(event.often().withinMillis()));
  }

  private String time(TimeElapsed wait) {
    String since = since(wait.since());
    String after = words.duration(Math.abs(wait.afterMillis()));
    String moment =
        wait.afterMillis() == 0
            ? say(ClausePhrase.AT_DATE, since)
            : say(
                wait.afterMillis() < 0 ? ClausePhrase.BEFORE_DATE : ClausePhrase.AFTER_TIME,
                after,
                since);
    return wait.unless().isEmpty()
        ? moment
        : moment + say(ClausePhrase.UNLESS, kinds(wait.unless()));
  }

  private String since(Anchor anchor) {
    return switch (anchor.kind()) {
      case STAGE_ENTRY -> say(ClausePhrase.STAGE_ENTRY);
      case CREATION -> say(ClausePhrase.CREATION);
      case EVENT -> say(ClausePhrase.LAST_EVENT, words.event(anchor.event()));
      case DATE_FIELD -> say(ClausePhrase.DATE_OF, words.field(anchor.field()));
    };
  }

  /** In the order of the enumeration, so that it is always the same. */
  String kinds(Set<EventKind> kinds) {
    return either(kinds.stream().sorted().map(words::event).toList());
  }

  private String either(List<String> several) {
    return several.stream()
        .limit(MOST_VALUES)
        .collect(
            Collectors.joining(
                Phrase.OR.in(words.language()), "", several.size() > MOST_VALUES ? " …" : ""));
  }

  private static String some(List<String> values) {
    return values.stream()
        .limit(MOST_VALUES)
        .collect(Collectors.joining(", ", "", values.size() > MOST_VALUES ? ", …" : ""));
  }

  private String say(ClausePhrase phrase, Object... arguments) {
    return phrase.in(words.language(), arguments);
  }
}
