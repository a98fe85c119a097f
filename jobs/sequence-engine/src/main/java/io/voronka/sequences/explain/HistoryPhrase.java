package io.voronka.sequences.explain;

import io.voronka.rules.explain.Language;
import java.util.Locale;

/** What histories and answers are told with, in both languages. */
enum HistoryPhrase {
  ENTERED("entered by version %s%s", "вход по версии %s%s"),
  NOT_LET_IN("was not let in%s: %s", "вход не разрешён%s: %s"),
  NOT_OBEYED("a command was not obeyed%s: %s", "команда не выполнена%s: %s"),
  WAITS("waits in step %s until %s", "ждёт на шаге %s до %s"),
  WAITS_FOR(
      "waits in step %s for this: %s, until %s at the latest",
      "ждёт на шаге %s события: %s, не позже %s"),
  ASKED("asked for step %s (%s)", "запрошен шаг %s (%s)"),
  ASKED_UNKNOWN("asked for step %s", "запрошен шаг %s"),
  ASKED_AND_WAITS(
      "%s at %s, and waits to hear what became of it", "%s в %s, исход пока неизвестен"),
  STEP("step %s: %s", "шаг %s: %s"),
  ON_THE_WAY("is on its way to step %s", "идёт к шагу %s"),
  TO_THE_END("is on its way to the end", "идёт к концу"),
  PAUSED("is paused%s", "приостановлена%s"),
  PAUSED_SINCE("has been paused since %s%s: %s", "приостановлена с %s%s: %s"),
  PAUSED_WAIT(
      "the wait in step %s was to end at %s", "ожидание на шаге %s должно было кончиться в %s"),
  PAUSED_ASKED("step %s was asked for before", "шаг %s был запрошен раньше"),
  PAUSED_BETWEEN("it goes on with step %s when it is resumed", "после возобновления — шаг %s"),
  PAUSED_AT_END("it has come to the end", "все шаги уже пройдены"),
  RESUMED_KEEPING("goes on, what it waits for is due when it was%s", "продолжает, сроки прежние%s"),
  RESUMED_SHIFTING(
      "goes on, what it waits for is due as much later as it was paused%s",
      "продолжает, сроки сдвинуты на время паузы%s"),
  SKIPPED("goes on with step %s%s", "переходит к шагу %s%s"),
  SKIPPED_TO_END("goes on to the end%s", "переходит к концу%s"),
  MOVED("goes on by version %s instead of %s", "дальше по версии %s вместо %s"),
  RESTARTED("begins anew by version %s instead of %s", "сначала по версии %s вместо %s"),
  LEFT("left: %s", "выход: %s"),
  LEFT_IN("left in step %s: %s", "выход на шаге %s: %s"),
  UNKNOWN("something that this build does not know", "неизвестная запись"),

  HAPPENED("it happened%s", "событие произошло%s"),
  HELD_ALREADY("what it was to wait for was so already", "ждать не понадобилось"),
  TIMED_OUT("the time was over", "время вышло"),
  DATE_UNKNOWN("the date is unknown", "дата неизвестна"),
  DATE_PASSED("the date has passed", "дата уже прошла"),
  CONDITION_TRUE("the condition held", "условие выполнено"),
  CONDITION_FALSE("the condition did not hold", "условие не выполнено"),
  CONDITION_UNKNOWN("nobody could tell whether the condition held", "условие проверить не удалось"),
  WENT("went the way %s", "путь %s"),

  DONE("done", "выполнено"),
  MAYBE_DONE("maybe done", "возможно, выполнено"),
  FAILED_OUTCOME("failed", "не удалось"),
  EXPIRED("expired unsent", "срок вышел, не отправлено"),
  REFUSED_OUTCOME("refused", "отказано"),
  WITHDRAWN("taken back", "отозвано"),
  UNKNOWN_OUTCOME("nobody knows what became of it", "исход неизвестен"),
  BECAUSE("%s, %s", "%s: %s"),
  UNFILLABLE("a value for its text is missing", "не хватает значения для текста"),
  NO_OUTCOME("nothing was heard of it", "об исходе ничего не слышно"),

  COMPLETED("all steps are done", "все шаги пройдены"),
  EXIT("an exit applied (%s)", "сработало условие выхода (%s)"),
  EXIT_UNKNOWN("an exit applied", "сработало условие выхода"),
  GOAL("the goal was reached (%s)", "цель достигнута (%s)"),
  GOAL_UNKNOWN("the goal was reached", "цель достигнута"),
  OPT_OUT("no more messages are wanted (%s)", "отказ от сообщений (%s)"),
  OPT_OUT_UNKNOWN("no more messages are wanted", "отказ от сообщений"),
  LEAD_CLOSED("the lead was closed", "сделка закрыта"),
  LEAD_DELETED("the lead was deleted", "сделка удалена"),
  STOPPED("it was stopped%s", "остановлено%s"),
  STOPPED_BY_VERSION("%s stopped the sequence", "цепочку остановила %s"),
  VERSION("version %s", "версия %s"),
  VERSION_GONE("its version of the sequence is gone", "её версии цепочки больше нет"),
  CANCELLED("it was cancelled%s", "отменено%s"),
  STEP_FAILED("the required step %s failed", "не удался обязательный шаг %s"),
  BROKEN("it could not go on (%s)", "продолжить не удалось (%s)"),
  LOOPING("it came to step %s too often", "слишком много возвратов к шагу %s"),
  NO_REASON("for a reason that this build does not know", "по неизвестной причине"),

  SEQUENCE_STOPPED("the sequence was stopped", "цепочка остановлена"),
  SEQUENCE_CLOSED("the sequence lets nobody in any more", "цепочка больше никого не принимает"),
  OTHER_ACCOUNT("the sequence is for another account", "цепочка для другого аккаунта"),
  DELETED_ALREADY("the lead had been deleted", "сделка уже удалена"),
  INSIDE_ALREADY("it was inside already", "она уже внутри"),
  TOO_MANY_RUNS(
      "it was inside as many sequences as anybody may be", "она уже внутри слишком многих цепочек"),
  ENTERED_BEFORE("it had been inside before", "она уже была внутри"),
  EXIT_HOLDS("what makes leads leave was so already", "условие выхода уже выполнено"),
  EXITS_UNJUDGED(
      "to judge what makes leads leave takes too many steps",
      "проверка условий выхода требует слишком много шагов"),
  CHAIN_TOO_DEEP(
      "%s rules and sequences in a row had set each other off before it",
      "до этого правила и цепочки запускали друг друга по кругу (%s подряд)"),
  NO_KEY(
      "a value for the run's key is missing, or the key is too long",
      "не хватает значения для ключа, или ключ слишком длинный"),
  NO_SUCH_SEQUENCE("no such sequence was in force", "такой действующей цепочки нет"),
  NOT_INSIDE("it was not inside", "её внутри нет"),
  PAUSED_ALREADY("it was paused already", "она уже приостановлена"),
  NOT_PAUSED("it was not paused", "она не приостановлена"),
  NO_SUCH_STEP("its version has no step %s", "в её версии нет шага %s"),

  BY_EVENT(" (%s)", " (событие: %s)"),
  BY_RULE(" (by the rule %s)", " (правило %s)"),
  BY_PERSON(" (by %s)", " (команда: %s)"),

  IS_INSIDE(
      "Lead %1$s is inside the sequence %2$s (version %3$s), since %4$s: it %5$s.",
      "Сделка %1$s в цепочке %2$s (версия %3$s) с %4$s: %5$s."),
  IS_INSIDE_UNKNOWN(
      "Lead %1$s is inside the sequence %2$s (version %3$s); the record of its entry is gone: it"
          + " %5$s.",
      "Сделка %1$s в цепочке %2$s (версия %3$s), записи о входе уже нет: %5$s."),
  HAS_LEFT(
      "Lead %1$s left the sequence %2$s (version %3$s) at %4$s%5$s, because %6$s.",
      "Сделка %1$s вышла из цепочки %2$s (версия %3$s) в %4$s%5$s: %6$s."),
  IN_STEP(" in step %s", " на шаге %s"),
  HAD_ENTERED(" It had entered at %s.", " Вошла она в %s."),
  WAS_REFUSED(
      "Lead %1$s was not let into the sequence %2$s at %3$s: %4$s.",
      "Сделка %1$s не вошла в цепочку %2$s в %3$s: %4$s."),
  REFUSED_SINCE(" At %s it was not let in again: %s.", " В %s снова не вошла: %s."),
  NO_RECORD(
      "There is no record of lead %1$s in the sequence %2$s: nothing let it in, and nothing was"
          + " refused.",
      "Записей о сделке %1$s в цепочке %2$s нет: её ничто не впускало, и отказов не было."),
  NOT_WHOLE(
      " The oldest records are gone, so it may have been inside before.",
      " Самых старых записей уже нет, раньше она могла быть внутри."),
  RUN_KEY("%s, run %s", "%s, ключ %s");

  private final String english;
  private final String russian;

  HistoryPhrase(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  String in(Language language, Object... arguments) {
    String pattern = language == Language.RU ? russian : english;
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
