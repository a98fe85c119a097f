package io.voronka.sequences.explain;

import io.voronka.rules.explain.Language;
import java.util.Locale;

/** What definitions are told with, in both languages. */
enum Phrase {
  TITLE("%s (%s)", "%s (%s)"),
  CLOSED("Nobody is let in any more.", "Новых больше не пускает."),
  STOPPED("It is stopped: everybody leaves.", "Остановлена: все выходят."),
  ACCOUNT("Only in the account %s.", "Только в аккаунте %s."),
  AGENT("For the agent %s.", "Для агента %s."),
  ZONE(
      "Times of day go by the time zone in %s, or else by the tenant's.",
      "Время суток — по часовому поясу из поля: %s; если его нет — по часовому поясу компании."),
  ENTERS("Entered %s.", "Вход: %s."),
  BY_HAND("Entered when a rule or a person says so.", "Вход: по решению правила или вручную."),
  AGAIN_NEVER("Nobody enters twice.", "Второй раз войти нельзя."),
  AGAIN_ALWAYS("Whoever has left may enter again.", "После выхода можно войти снова."),
  AGAIN_AFTER(
      "Whoever has left may enter again, but not within %s of the last entry.",
      "После выхода можно войти снова, но не раньше чем через %s после прошлого входа."),
  KEY(
      "One lead may be inside several times, once for each “%s”.",
      "Одна сделка может быть внутри несколько раз, по разу для каждого «%s»."),
  LEAVES("Left at once %s.", "Выход сразу: %s."),
  RUNNING_FINISH(
      "Whoever is inside when this version comes finishes by the one they have.",
      "Кто внутри при выходе этой версии, заканчивает по своей."),
  RUNNING_MOVE(
      "Whoever is inside when this version comes moves to it, where it has their step.",
      "Кто внутри при выходе этой версии, переходит на неё, если его шаг в ней есть."),
  RUNNING_RESTART(
      "Whoever is inside when this version comes begins anew.",
      "Кто внутри при выходе этой версии, начинает сначала."),

  AS_SOON_AS("as soon as %s", "как только %s"),
  IF("%s, if %s", "%s, если %s"),
  GOAL("%s (the goal)", "%s (цель достигнута)"),
  OPT_OUT("%s (no more messages wanted)", "%s (отказ от сообщений)"),
  LEAD_CLOSED("when the lead is won or lost", "когда сделка закрыта"),
  LEAD_DELETED("when the lead is deleted", "когда сделка удалена"),

  QUOTED("“%s”", "«%s»"),
  END("the end", "концу"),
  LEAVE_ON_FAILURE("%s; if that fails, the lead leaves", "%s; если не удалось, сделка выходит"),
  ON_FAILURE("%s; if that fails, on to %s", "%s; если не удалось, переход к %s"),
  THEN("%s; then on to %s", "%s; затем переход к %s"),
  WAIT("wait %s", "ждать %s"),
  MISSED(
      "%s; if that date is unknown or past, on to %s",
      "%s; если дата неизвестна или прошла, переход к %s"),
  WAIT_FOR(
      "wait for this: %s, at most %s; then on to %s, and on to %s when the time is over",
      "ждать события: %s, не дольше: %s; тогда переход к %s, а если время вышло — к %s"),
  BRANCH("if %s, on to %s, otherwise on to %s", "если %s, переход к %s, иначе к %s"),
  SPLIT("each lead always the same way: %s", "каждая сделка всегда своим путём: %s"),
  PART("%s (%s %%) on to %s", "%s (%s %%) к %s"),
  GO_TO("on to %s", "переход к %s"),

  UNTIL_TIME("until %s %s", "до %s, %s"),
  UNTIL_TIME_ANY_DAY("until %s", "до %s"),
  UNTIL_DATE("until the date in %s", "до даты из поля: %s"),
  UNTIL_BEFORE("until %s before the date in %s", "до момента за %s до даты из поля: %s"),
  UNTIL_AFTER("until %s after the date in %s", "до момента через %s после даты из поля: %s"),
  AND_THEN("%s, then %s", "%s, затем %s"),
  IN_HOURS("for the next hour %s", "ближайшего времени %s");

  private final String english;
  private final String russian;

  Phrase(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  String in(Language language, Object... arguments) {
    String pattern = language == Language.RU ? russian : english;
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
