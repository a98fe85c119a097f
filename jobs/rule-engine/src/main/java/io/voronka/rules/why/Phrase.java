package io.voronka.rules.why;

import io.voronka.rules.explain.Language;
import java.util.Locale;

/** What answers are put together from, in both languages. */
enum Phrase {
  FIRED("Rule %1$s fired for %2$s %3$s: %4$s.", "Правило %1$s для %2$s сработало %3$s: %4$s."),
  NOT_FIRED(
      "Rule %1$s did not fire for %2$s %3$s: %4$s.",
      "Правило %1$s для %2$s не сработало %3$s: %4$s."),
  SO_FAR("Rule %1$s does not fire for %2$s: %3$s.", "Правило %1$s для %2$s не срабатывает: %3$s."),
  WAITING(
      "Rule %1$s waits for %2$s: it will be judged %3$s if nothing else happens (%4$s; counted from %5$s).",
      "Правило %1$s для %2$s ждёт: если ничего не случится, оно будет проверено %3$s (%4$s; отсчёт с %5$s)."),
  RULE_UNKNOWN("There is no rule %1$s.", "Правила %1$s нет."),
  RULE_NOT_IN_FORCE("Rule %1$s was not in force %2$s.", "Правило %1$s не действовало %2$s."),
  RULE_LATER(
      "Rule %1$s was not in force %2$s; it came into force %3$s.",
      "Правило %1$s не действовало %2$s; оно вступило в силу %3$s."),
  SUBJECT_UNKNOWN(
      "Nothing was ever heard of %2$s, so rule %1$s was not judged.",
      "Ни одного события для %2$s не было, поэтому правило %1$s не проверялось."),

  AT("at %s", "в %s"),
  AT_EVENT("at %s (%s)", "в %s (%s)"),
  AT_MOMENT("at %s (by itself)", "в %s (по времени)"),

  NEEDS("it needs “%s”, but %s", "требуется «%s», а на деле: %s"),
  STALE(
      "the event is older than what was already known, so it says nothing about now (it needs “%s”)",
      "событие старше уже известного и о нынешнем положении не говорит (требуется «%s»)"),
  OBSERVED(
      "it would have fired, but its mode is observe: it decides and does nothing",
      "условия выполнены, но режим правила — observe: оно только наблюдает и ничего не делает"),
  DISABLED("its mode is off", "его режим — off, оно выключено"),
  COOLDOWN(
      "it fired at %s and rests for %s, until %s",
      "оно сработало в %s и после этого молчит %s, до %s"),
  COOLDOWN_BARE("it rests after its last firing", "оно молчит после прошлого срабатывания"),
  TOO_OFTEN(
      "it may fire %s within %s for one subject and has; next not before %s",
      "для одного объекта оно может сработать %s за %s и уже сработало; снова — не раньше %s"),
  TOO_OFTEN_BARE(
      "it has fired as often as it may: %s within %s",
      "оно сработало столько, сколько может: %s за %s"),
  DAY_FULL(
      "it may fire %s a day over all subjects and has; next at %s",
      "за день по всем объектам оно может сработать %s и уже сработало; снова — с %s"),
  OUTSIDE_HOURS("it was outside of its active hours (%s)", "это было вне часов его работы (%s)"),
  OUTSIDE_SKIPPED(
      "; they begin again at %s, and what comes outside is passed over",
      "; они снова начинаются в %s, а пришедшее вне их пропускается"),
  OUTSIDE_WAITS(
      "; it is judged again when they begin, at %s",
      "; оно будет проверено снова, когда они начнутся, в %s"),
  STOPPED(
      "rule %s, which goes before it, fired and stops those after it",
      "правило %s, которое идёт раньше, сработало и останавливает следующие"),
  CHAIN_CUT(
      "%s rules in a row had caused each other, and the chain is cut there",
      "правила подряд вызвали друг друга (%s), и цепочка на этом обрывается"),
  TEXT_FAILED(
      "action %s could not be written: there is no %s",
      "действие %s не удалось составить: не хватает — %s"),
  FAILED("it could not be judged: %s", "его не удалось проверить: %s"),
  MOMENT_PASSED(
      "its moment had passed before it came into force, and rules do not act on the past",
      "его срок прошёл до того, как оно вступило в силу, а на прошлое правила не действуют"),
  NOT_JUDGED_YET(
      "the records hold no decision on this yet, though the rule could fire; ask again in a moment",
      "решения об этом в записях ещё нет, хотя правило может сработать; спросите чуть позже"),
  NOT_TRIGGERED(
      "it is judged on %s, and nothing of the kind has happened; the last event was %s at %s",
      "оно проверяется, когда происходит: %s, а такого не было; последнее событие — %s в %s"),
  OTHER_ACCOUNT("it is only for the CRM account %s", "оно только для учётной записи CRM %s"),
  INACTIVE(
      "the tenant or its CRM account is switched off",
      "клиент или его учётная запись CRM отключены"),
  LEFT_OUT(
      "its definition is not valid, so it was left out (%s)",
      "его описание содержит ошибку, и оно исключено (%s)"),
  TOO_HEAVY(
      "it takes too many steps, so it has been left out since %s",
      "ему нужно слишком много шагов, и с %s оно исключено"),

  REBUILT(
      " No verdict is on record, since the rule's index ruled it out: judged again from the records.",
      " Записанного решения нет, правило отсеял индекс: проверено заново по записям."),
  REBUILT_PARTLY(
      " No verdict is on record; judged again from the records, of which the oldest are gone.",
      " Записанного решения нет; проверено заново по записям, старейших из которых уже нет."),
  REBUILT_MOMENT(
      " Nothing made it be judged since: judged again from the records.",
      " С тех пор оно не проверялось: проверено заново по записям."),
  LAST_FIRED(" It last fired at %s.", " Прошлый раз оно сработало в %s."),

  FATE("%s (%s) %s", "%s (%s) — %s"),
  FATE_UNNAMED("%s %s", "%s — %s"),
  CONFIRMED("done at %s", "выполнено в %s"),
  ASKED_OF_SEQUENCE(
      "was asked for; the sequence's own history tells the rest",
      "запрошено; дальше — в истории самой цепочки"),
  NOT_DONE_YET("not finished yet", "ещё не завершено"),
  LEAVES_AT(
      "waits for its turn and is expected to leave at %s",
      "ждёт очереди, будет отправлено примерно в %s"),
  FAILED_FATE("failed", "не удалось"),
  EXPIRED("expired unsent", "срок вышел, не отправлено"),
  REFUSED("refused", "отказано"),
  WITHDRAWN("withdrawn", "отозвано"),
  MAYBE_SENT("maybe sent", "возможно, отправлено"),
  OUTCOME_UNKNOWN("ended in a way this version does not know", "завершилось неизвестным образом"),

  AND(" and ", " и "),
  OR(" or ", " или "),
  NOT("it is not so that %s", "неверно, что %s"),
  NO_REASON("no reason is on record", "причина не записана"),
  EXPECTED_RECORDED("%s", "%s"),
  ENTERS_STAGE("the lead enters a stage", "сделка входит на этап");

  private final String english;
  private final String russian;

  Phrase(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  String in(Language language, Object... arguments) {
    String pattern = language == Language.RU ? russian : english;
    return arguments.length == 0 ? pattern : String.format(Locale.ROOT, pattern, arguments);
  }
}
