package io.voronka.rules.why;

import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;

/** Single words, values, times and durations in one language. */
final class Words {
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("HH:mm:ss 'on' d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter RUSSIAN =
      DateTimeFormatter.ofPattern("HH:mm:ss d MMMM yyyy", Locale.forLanguageTag("ru"));
  private static final long[] UNITS = {86_400, 3_600, 60, 1};
  private static final String[] ENGLISH_UNITS = {"day", "hour", "minute", "second"};
  private static final String[][] RUSSIAN_UNITS = {
    {"день", "дня", "дней"},
    {"час", "часа", "часов"},
    {"минуту", "минуты", "минут"},
    {"секунду", "секунды", "секунд"}
  };
  private static final String[] RUSSIAN_TIMES = {"раз", "раза", "раз"};

  private final Language language;
  private final ZoneId zone;

  Words(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
  }

  Language language() {
    return language;
  }

  /** A moment on the tenant's clocks. */
  String time(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone).format(english() ? ENGLISH : RUSSIAN);
  }

  /** "09:00–18:00 on Mon, Tue by the clocks of Europe/Moscow". */
  String hours(ActiveHours active) {
    String hours = active.from() + "–" + active.to();
    if (active.days().size() < DayOfWeek.values().length) {
      Locale locale = english() ? Locale.ENGLISH : Locale.forLanguageTag("ru");
      hours +=
          active.days().stream()
              .sorted()
              .map(day -> day.getDisplayName(TextStyle.SHORT, locale))
              .collect(Collectors.joining(", ", english() ? " on " : ", ", ""));
    }
    return hours + (english() ? " by the clocks of " : " по часам ") + zone;
  }

  /** The two largest units; in Russian as the object of "wait". */
  String duration(long millis) {
    if (millis < 1000) {
      return millis + (english() ? " ms" : " мс");
    }
    StringBuilder words = new StringBuilder();
    long rest = millis / 1000;
    int units = 0;
    for (int i = 0; i < UNITS.length && units < 2; i++) {
      long amount = rest / UNITS[i];
      rest %= UNITS[i];
      if (amount > 0) {
        words.append(words.length() == 0 ? "" : " ").append(amount).append(' ');
        words.append(
            english()
                ? ENGLISH_UNITS[i] + (amount == 1 ? "" : "s")
                : form(amount, RUSSIAN_UNITS[i]));
      }
      units += words.length() > 0 ? 1 : 0;
    }
    return words.toString();
  }

  String times(long count) {
    if (!english()) {
      return count + " " + form(count, RUSSIAN_TIMES);
    }
    return count == 1 ? "once" : count + " times";
  }

  /** One, two to four, and many. */
  private static String form(long amount, String[] forms) {
    long tens = amount % 100;
    long ones = amount % 10;
    if (tens >= 11 && tens <= 14) {
      return forms[2];
    }
    return ones == 1 ? forms[0] : ones >= 2 && ones <= 4 ? forms[1] : forms[2];
  }

  /** For whom: "lead 42", "сделки 42". */
  String subject(Subject subject) {
    String type =
        switch (subject.type()) {
          case LEAD -> english() ? "lead" : "сделки";
          case CONTACT -> english() ? "contact" : "контакта";
          case COMPANY -> english() ? "company" : "компании";
          case CUSTOMER -> english() ? "customer" : "покупателя";
          default -> english() ? "subject" : "объекта";
        };
    return type + ' ' + subject.id();
  }

  String field(FieldRef field) {
    if (field.naming() != FieldRef.Naming.STANDARD) {
      return (english() ? "field " : "поле ") + field.name();
    }
    return switch (field.name()) {
      case "status_id" -> english() ? "stage" : "этап";
      case "pipeline_id" -> english() ? "pipeline" : "воронка";
      case "price" -> english() ? "budget" : "бюджет";
      case "name" -> english() ? "name" : "название";
      case "text" -> english() ? "text" : "текст";
      case "responsible_user_id" -> english() ? "responsible user" : "ответственный";
      default -> (english() ? "field " : "поле ") + field.name();
    };
  }

  /** What a clause compares with. */
  String operand(ValueType type, Object value) {
    return switch (type) {
      case NUMBER -> ((BigDecimal) value).toPlainString();
      case DATE -> time((Long) value * 1000);
      case BOOLEAN -> Boolean.TRUE.equals(value) ? yes() : no();
      case TEXT, TEXT_IGNORE_CASE -> value(value.toString());
    };
  }

  /** A value of a field of a type. */
  String value(ValueType type, String text) {
    Comparable<?> parsed = type.parse(text, zone);
    return (type == ValueType.DATE || type == ValueType.BOOLEAN) && parsed != null
        ? operand(type, parsed)
        : value(text);
  }

  /** Numbers and ids as they are, texts in quotes. */
  String value(String text) {
    boolean bare =
        !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    if (bare) {
      return text;
    }
    return english() ? "‘" + text + "’" : "„" + text + "“";
  }

  String event(EventKind kind) {
    return english() ? EventNames.english(kind) : EventNames.russian(kind);
  }

  String action(ActionKind kind) {
    return switch (kind) {
      case CHANGE_STAGE -> english() ? "change of stage" : "смена этапа";
      case UPDATE_FIELD -> english() ? "update of fields" : "запись полей";
      case CREATE_TASK -> english() ? "task" : "задача";
      case SEND_MESSAGE -> english() ? "message" : "сообщение";
      case WEBHOOK -> english() ? "webhook" : "вебхук";
      case SEND_EMAIL -> english() ? "mail" : "письмо";
      case AI_RESPONSE -> english() ? "answer of the agent" : "ответ агента";
      case ADD_NOTE -> english() ? "note" : "примечание";
      case ADD_TAGS -> english() ? "tags" : "теги";
      case RUN_SALESBOT -> english() ? "salesbot" : "Salesbot";
      case START_SEQUENCE -> english() ? "start of a sequence" : "запуск цепочки";
      case STOP_SEQUENCE -> english() ? "stop of a sequence" : "остановка цепочки";
      case UNKNOWN -> english() ? "action" : "действие";
    };
  }

  private String yes() {
    return english() ? "yes" : "да";
  }

  private String no() {
    return english() ? "no" : "нет";
  }

  private boolean english() {
    return language == Language.EN;
  }
}
