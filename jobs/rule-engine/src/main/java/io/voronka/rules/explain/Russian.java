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
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sentence in Russian. */
final class Russian implements Words {
  static final Written WRITTEN = new Written("«", "»", "«да»", "«нет»", "dd.MM.yyyy HH:mm");
  private static final List<String> DAYS =
      List.of("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье");

  @Override
  public String joined(List<String> parts, boolean or) {
    String word = or ? "или " : "и ";
    if (parts.size() == 1) {
      return parts.get(0);
    }
    boolean commas = Written.commas(parts);
    String last = parts.get(parts.size() - 1);
    String first = String.join(commas ? "; " : ", ", parts.subList(0, parts.size() - 1));
    return first + (commas ? "; " : " ") + word + last;
  }

  @Override
  public String not(String part) {
    return "неверно, что (" + part + ')';
  }

  @Override
  public String field(FieldRef field, FieldTest test, boolean holds) {
    List<String> operands = WRITTEN.operands(test);
    String place = RussianFields.place(field, test, holds, operands);
    if (place != null) {
      return place;
    }
    RussianFields.Noun noun = RussianFields.named(field);
    String not = holds ? "" : "не ";
    String notNot = holds ? "не " : "";
    String value = operands.isEmpty() ? "" : operands.get(0);
    boolean date = test.type() == ValueType.DATE;
    String equal = noun.form("равен", "равна", "равно");
    String changed = noun.form("изменился", "изменилась", "изменилось");
    String filled = noun.form("заполнен", "заполнена", "заполнено");
    String among = "одно из значений (" + String.join(", ", operands) + ')';
    String said =
        switch (test.operator()) {
          case EQUALS -> not + equal + ' ' + value;
          case NOT_EQUALS -> notNot + equal + ' ' + value;
          case CONTAINS -> not + "содержит " + value;
          case NOT_CONTAINS -> notNot + "содержит " + value;
          case STARTS_WITH -> not + "начинается с " + value;
          case ENDS_WITH -> not + "заканчивается на " + value;
          case IN -> (holds ? "— " : "— ни ") + among;
          case NOT_IN -> (holds ? "— ни " : "— ") + among;
          case EMPTY -> notNot + filled;
          case NOT_EMPTY -> not + filled;
          case CHANGED -> not + changed;
          case CHANGED_TO -> not + changed + " на " + value;
          case CHANGED_FROM -> not + changed + " с прежнего значения " + value;
          case MATCHES -> not + "соответствует шаблону /" + test.pattern().pattern() + '/';
          case BETWEEN ->
              (holds ? "в пределах от " : "вне пределов от ") + value + " до " + operands.get(1);
          case GREATER -> holds ? (date ? "позже " : "больше ") + value : null;
          case GREATER_OR_EQUAL -> holds ? (date ? "не раньше " : "не меньше ") + value : null;
          case LESS -> holds ? (date ? "раньше " : "меньше ") + value : null;
          case LESS_OR_EQUAL -> holds ? (date ? "не позже " : "не больше ") + value : null;
        };
    boolean anyCase = test.type() == ValueType.TEXT_IGNORE_CASE;
    return said == null
        ? null
        : noun.nominative() + ' ' + said + (anyCase ? " без учёта регистра" : "");
  }

  @Override
  public String stage(StageChanged condition, boolean holds) {
    return (holds ? "сделка перешла " : "сделка не перешла ") + where(condition);
  }

  @Override
  public String entered(StageChanged condition) {
    return "когда сделка перешла " + where(condition);
  }

  private static String where(StageChanged condition) {
    StringBuilder words = new StringBuilder();
    words.append(
        condition.to().isEmpty()
            ? "на новый этап"
            : "на этап " + RussianFields.stages(condition.to()));
    if (!condition.pipelines().isEmpty()) {
      words.append(" в воронке ").append(String.join(" или ", condition.pipelines()));
    }
    if (!condition.from().isEmpty()) {
      words.append(" с этапа ").append(RussianFields.stages(condition.from()));
    }
    return words.toString();
  }

  @Override
  public String event(EventTriggered condition, ConditionWords filters) {
    List<String> nouns =
        condition.kinds().stream().sorted().map(kind -> RussianKinds.of(kind).noun()).toList();
    String what = String.join(" или ", nouns);
    if (!condition.filters().isEmpty()) {
      what += ", где " + filters.of(condition.filters());
    }
    EventTriggered.Often often = condition.often();
    return often == null
        ? "событие — " + what
        : "не менее "
            + RussianSpans.times(often.times())
            + " за "
            + RussianSpans.accusative(often.withinMillis())
            + " произошло событие: "
            + what;
  }

  @Override
  public String wait(TimeElapsed condition) {
    long after = condition.afterMillis();
    String since = RussianKinds.since(condition.since());
    boolean date = condition.since().kind() == Anchor.Kind.DATE_FIELD;
    String words;
    if (date && after == 0) {
      words = "наступила дата из " + RussianKinds.date(condition.since());
    } else if (after < 0) {
      words = "до " + since + " осталось не более " + RussianSpans.genitive(-after);
    } else {
      words = "после " + since + " прошло не менее " + RussianSpans.genitive(after);
    }
    return words + without(condition);
  }

  @Override
  public String moment(TimeElapsed condition) {
    long after = condition.afterMillis();
    String since = RussianKinds.since(condition.since());
    String words;
    if (after == 0) {
      words = "при наступлении " + since;
    } else if (after > 0) {
      words = "через " + RussianSpans.accusative(after) + " после " + since;
    } else {
      words = "за " + RussianSpans.accusative(-after) + " до " + since;
    }
    return words + without(condition);
  }

  private static String without(TimeElapsed condition) {
    List<String> nouns =
        condition.unless().stream().sorted().map(kind -> RussianKinds.of(kind).genitive()).toList();
    return nouns.isEmpty() ? "" : " (и с тех пор не было " + String.join(" или ", nouns) + ')';
  }

  @Override
  public String when(List<EventKind> kinds, boolean orMoments) {
    List<String> said =
        new ArrayList<>(kinds.stream().map(kind -> RussianKinds.of(kind).happens()).toList());
    if (orMoments) {
      said.add("наступил срок ожидания из условий");
    }
    return "когда " + joined(said, true);
  }

  @Override
  public String scope(Rule rule) {
    String words =
        switch (rule.mode()) {
          case ON -> "";
          case OBSERVE -> "только наблюдение, без действий: ";
          case OFF -> "выключено: ";
        };
    words += rule.account().map(account -> "в аккаунте " + account + ", ").orElse("");
    return words + rule.agent().map(agent -> "для агента " + agent + ", ").orElse("");
  }

  @Override
  public String hours(Rule rule) {
    ActiveHours active = rule.active().orElse(null);
    if (active == null) {
      return "";
    }
    StringBuilder words = new StringBuilder(", только ").append(window(active));
    words.append(" по часовому поясу компании (в остальное время ");
    boolean waits = active.outside() == ActiveHours.Outside.WAIT;
    return words.append(waits ? "ждёт следующего начала)" : "не срабатывает)").toString();
  }

  @Override
  public String window(ActiveHours active) {
    List<String> parts = new ArrayList<>();
    if (!active.from().equals(LocalTime.MIDNIGHT) || !active.to().equals(LocalTime.MIDNIGHT)) {
      String nextDay = active.from().isBefore(active.to()) ? "" : " следующего дня";
      parts.add("с " + active.from() + " до " + active.to() + nextDay);
    }
    if (active.days().size() < 7) {
      parts.add(days(active.days()));
    }
    return String.join(" ", parts);
  }

  @Override
  public String days(Set<DayOfWeek> days) {
    List<String> runs =
        Written.runs(days).stream()
            .map(
                run ->
                    String.join(" – ", run.stream().map(day -> DAYS.get(day.ordinal())).toList()))
            .toList();
    return "в дни: " + joined(runs, false);
  }

  @Override
  public String noun(EventKind kind) {
    return RussianKinds.of(kind).noun();
  }

  @Override
  public String condition(String words) {
    return ", если " + words;
  }

  @Override
  public String then(String actions, boolean conditional) {
    return (conditional ? ", то " : " — ") + actions;
  }

  @Override
  public String named(FieldRef field) {
    return RussianFields.named(field).accusative();
  }

  @Override
  public String span(long millis) {
    return RussianSpans.accusative(millis);
  }

  @Override
  public String action(ActionTemplate action) {
    return RussianActions.of(action);
  }

  @Override
  public List<String> limits(Rule rule) {
    List<String> words = new ArrayList<>();
    Limits limits = rule.limits();
    if (limits.cooldownMillis() > 0) {
      words.add(
          "повторно для той же сделки — не раньше чем через "
              + RussianSpans.accusative(limits.cooldownMillis()));
    }
    if (limits.times() > 0) {
      words.add(
          "не более "
              + RussianSpans.times(limits.times())
              + " за "
              + RussianSpans.accusative(limits.withinMillis())
              + " для одной сделки");
    }
    if (limits.perDay() > 0) {
      words.add("не более " + RussianSpans.times(limits.perDay()) + " в день по всем сделкам");
    }
    if (rule.priority() != 0) {
      words.add("приоритет " + rule.priority());
    }
    if (rule.stopAfterMatch()) {
      String once = rule.mode() == Rule.Mode.OBSERVE ? "после включения и" : "после";
      words.add(once + " срабатывания следующие правила на то же событие не срабатывают");
    }
    return words;
  }
}
