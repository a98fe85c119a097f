package io.voronka.rules.check;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.explain.Explanation;
import io.voronka.rules.explain.Language;
import java.util.List;

/** The sentences of warnings. */
final class WarningText {
  private static final Explanation ENGLISH = Explanation.in(Language.EN);
  private static final Explanation RUSSIAN = Explanation.in(Language.RU);
  private static final int LONGEST_VALUE = 60;

  private WarningText() {}

  /**
   * @param actions key of each rule's action that sets off the next
   * @param waitMillis how long a round takes; 0: no rule in it waits
   */
  static String loopInEnglish(List<String> ids, List<String> actions, long waitMillis) {
    String what =
        ids.size() == 1
            ? "Rule %s sets itself off again and again by its action %s."
                .formatted(ids.get(0), actions.get(0))
            : "Rules set each other off again and again: %s."
                .formatted(way("action", ids, actions));
    return what
        + " While it runs, such a chain is cut, but only after some rounds"
        + (waitMillis > 0 ? "; a round takes " + ENGLISH.span(waitMillis) + "." : ".");
  }

  static String loopInRussian(List<String> ids, List<String> actions, long waitMillis) {
    String what =
        ids.size() == 1
            ? "Правило %s снова и снова вызывает само себя действием %s."
                .formatted(ids.get(0), actions.get(0))
            : "Правила снова и снова вызывают друг друга: %s."
                .formatted(way("действие", ids, actions));
    return what
        + " В работе такая цепочка обрывается, но только после нескольких кругов"
        + (waitMillis > 0 ? "; один круг — за " + RUSSIAN.span(waitMillis) + "." : ".");
  }

  static String conflictInEnglish(
      FieldRef field, String first, String value, String second, String otherValue) {
    return "Rules %s and %s can fire at once, and set %s to different values: %s, then %s. The last one wins."
        .formatted(first, second, ENGLISH.of(field), shown(value), shown(otherValue));
  }

  static String conflictInRussian(
      FieldRef field, String first, String value, String second, String otherValue) {
    return "Правила %s и %s могут сработать одновременно и записывают в %s разные значения: %s, затем %s. Останется последнее."
        .formatted(first, second, RUSSIAN.of(field), shown(value), shown(otherValue));
  }

  static String shadowedInEnglish(String rule, String by) {
    return "Rule %s never fires: %s goes before it, stops the rules after it, and fires whenever %s could."
        .formatted(rule, by, rule);
  }

  static String shadowedInRussian(String rule, String by) {
    return "Правило %s никогда не сработает: %s стоит раньше, останавливает следующие за ним и срабатывает всегда, когда могло бы %s."
        .formatted(rule, by, rule);
  }

  static String misspeltInEnglish(String rule, String field, String meant) {
    return "Rule %s asks for the field %s, of which events do not tell. Is %s meant?"
        .formatted(rule, shown(field), shown(meant));
  }

  static String misspeltInRussian(String rule, String field, String meant) {
    return "Правило %s проверяет поле %s, о котором события не сообщают. Может быть, имелось в виду %s?"
        .formatted(rule, shown(field), shown(meant));
  }

  private static String way(String action, List<String> ids, List<String> actions) {
    StringBuilder way = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      way.append(ids.get(i)).append(" (").append(action).append(' ').append(actions.get(i));
      way.append(") → ");
    }
    return way.append(ids.get(0)).toString();
  }

  private static String shown(String value) {
    String text =
        value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE - 1) + "…" : value;
    return '"' + text + '"';
  }
}
