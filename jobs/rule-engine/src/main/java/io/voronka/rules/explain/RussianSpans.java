package io.voronka.rules.explain;

import java.util.ArrayList;
import java.util.List;

/** Durations and counts in the cases that a sentence needs. */
final class RussianSpans {
  private RussianSpans() {}

  /** After "через" and "за": 3 дня, 1 минуту. */
  static String accusative(long millis) {
    List<String> parts = new ArrayList<>();
    for (Span span : Span.of(millis)) {
      String[] forms =
          switch (span.unit()) {
            case DAY -> new String[] {"день", "дня", "дней"};
            case HOUR -> new String[] {"час", "часа", "часов"};
            case MINUTE -> new String[] {"минуту", "минуты", "минут"};
            case SECOND -> new String[] {"секунду", "секунды", "секунд"};
            case MILLISECOND -> new String[] {"миллисекунду", "миллисекунды", "миллисекунд"};
          };
      parts.add(span.amount() + " " + forms[form(span.amount())]);
    }
    return String.join(" ", parts);
  }

  /** After "не менее" and "не более": 3 дней, 21 минуты. */
  static String genitive(long millis) {
    List<String> parts = new ArrayList<>();
    for (Span span : Span.of(millis)) {
      boolean one = form(span.amount()) == 0;
      String unit =
          switch (span.unit()) {
            case DAY -> one ? "дня" : "дней";
            case HOUR -> one ? "часа" : "часов";
            case MINUTE -> one ? "минуты" : "минут";
            case SECOND -> one ? "секунды" : "секунд";
            case MILLISECOND -> one ? "миллисекунды" : "миллисекунд";
          };
      parts.add(span.amount() + " " + unit);
    }
    return String.join(" ", parts);
  }

  /** After "не менее" and "не более": 1 раза, 5 раз. */
  static String times(int times) {
    return times + (form(times) == 0 ? " раза" : " раз");
  }

  /** 0 after one (21, 31), 1 after two to four, 2 after all others. */
  private static int form(long amount) {
    long ten = amount % 10;
    boolean teen = amount % 100 > 10 && amount % 100 < 20;
    if (ten == 1 && !teen) {
      return 0;
    }
    return ten >= 2 && ten <= 4 && !teen ? 1 : 2;
  }
}
