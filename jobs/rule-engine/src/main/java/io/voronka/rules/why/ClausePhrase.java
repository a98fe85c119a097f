package io.voronka.rules.why;

import io.voronka.rules.explain.Language;
import java.util.Locale;

/** What clauses ask for and what was there instead, in both languages. */
enum ClausePhrase {
  EQUALS("%s is %s", "%s — %s"),
  NOT_EQUALS("%s is not %s", "%s — не %s"),
  CONTAINS("%s contains %s", "%s содержит %s"),
  NOT_CONTAINS("%s does not contain %s", "%s не содержит %s"),
  STARTS_WITH("%s starts with %s", "%s начинается с %s"),
  ENDS_WITH("%s ends with %s", "%s заканчивается на %s"),
  GREATER("%s is greater than %s", "%s — больше %s"),
  GREATER_OR_EQUAL("%s is at least %s", "%s — не меньше %s"),
  LESS("%s is less than %s", "%s — меньше %s"),
  LESS_OR_EQUAL("%s is at most %s", "%s — не больше %s"),
  AFTER("%s is after %s", "%s — позже %s"),
  NOT_BEFORE("%s is not before %s", "%s — не раньше %s"),
  BEFORE("%s is before %s", "%s — раньше %s"),
  NOT_AFTER("%s is not after %s", "%s — не позже %s"),
  BETWEEN("%s is between %s and %s", "%s — от %s до %s"),
  IN("%s is one of %s", "%s — одно из: %s"),
  NOT_IN("%s is none of %s", "%s — ни одно из: %s"),
  EMPTY("%s is empty", "%s — пусто"),
  NOT_EMPTY("%s is not empty", "%s — не пусто"),
  CHANGED("%s changes", "%s меняется"),
  CHANGED_TO("%s changes to %s", "%s меняется на %s"),
  CHANGED_FROM("%s changes from %s", "%s меняется с %s"),
  MATCHES("%s matches %s", "%s подходит под шаблон %s"),

  STAGE("the lead enters stage %s", "сделка входит на этап %s"),
  ANY_STAGE("the lead enters a stage", "сделка входит на этап"),
  FROM_STAGE(" from stage %s", " с этапа %s"),
  IN_PIPELINE(" of pipeline %s", " воронки %s"),
  EVENT("the event is %s", "событие — %s"),
  WITH(" with %s", ", где %s"),
  TIMES("%s happened %s within %s", "%s было %s за %s"),
  AFTER_TIME("%s after %s", "через %s после %s"),
  BEFORE_DATE("%s before %s", "за %s до %s"),
  AT_DATE("%s has come", "наступил срок: %s"),
  UNLESS(" with no %s since", ", если с тех пор не было: %s"),

  STAGE_ENTRY("the entry into the stage", "входа на этап"),
  CREATION("the creation", "создания"),
  LAST_EVENT("the last %s", "последнего события „%s“"),
  DATE_OF("the date in %s", "даты в %s"),

  WAS("%s was %s", "%s — %s"),
  WAS_EMPTY("%s was empty", "%s — пусто"),
  WAS_UNKNOWN("%s was never seen", "%s — неизвестно"),
  NOT_CARRIED("this event did not touch %s", "событие не касалось: %s"),
  WENT("%s went from %s to %s", "%s: было %s, стало %s"),
  STAYED("the lead stayed in stage %s", "сделка осталась на этапе %s"),
  STAYED_UNKNOWN("the lead entered no stage with it", "сделка с ним ни на какой этап не вошла"),
  ALREADY("the lead was already in stage %s", "сделка уже была на этапе %s"),
  OVERTAKEN("the lead had since moved to stage %s", "сделка с тех пор перешла на этап %s"),
  CREATED("the lead was created in stage %s", "сделка создана на этапе %s"),
  MOVED("the lead moved from stage %s to stage %s", "сделка перешла с этапа %s на этап %s"),
  MOVED_UNKNOWN(
      "the lead came to stage %s, nobody saw from where",
      "сделка пришла на этап %s неизвестно откуда"),
  MOVE_UNKNOWN(
      "nobody saw how the lead came to its stage", "неизвестно, как сделка попала на свой этап"),
  EVENT_WAS("it was %s", "это — %s"),
  NO_EVENT("there was no event, a moment had come", "события не было, наступил срок"),
  HAPPENED("it happened %s", "было %s"),
  ENDED("there was an event ‘%s’ at %s", "было событие „%s“ в %s"),
  PASSED("%s had passed", "прошло времени — %s"),
  TOO_EARLY("it was %s before that", "до этого ещё %s"),
  NEVER_BEGAN("that was never seen", "этого ещё не было");

  private final String english;
  private final String russian;

  ClausePhrase(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  String in(Language language, Object... arguments) {
    String pattern = language == Language.RU ? russian : english;
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
