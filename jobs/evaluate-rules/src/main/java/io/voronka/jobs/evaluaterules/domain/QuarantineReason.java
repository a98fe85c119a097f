package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.subject.Budget;
import io.voronka.schemas.Wording;
import java.util.Locale;

/** Why a rule of a set is left out of it, and what people are told. */
public enum QuarantineReason {
  /** The definition is not valid: an editor wrote it past the checks. */
  INVALID_DEFINITION(
      "its definition is not valid: {detail}. Correct it and apply it again.",
      "её определение содержит ошибки: {detail}. Исправьте его и примените снова."),
  /** The definition says another id than its row. */
  OTHER_ID(
      "its definition belongs to another rule: {detail}. Correct it and apply it again.",
      "её определение относится к другому правилу: {detail}. Исправьте его и примените снова."),
  /** The definition is valid, but could not be made ready to run. */
  NOT_COMPILED(
      "it could not be made ready to run: {detail}. Write it more simply and apply it again.",
      "её не удалось подготовить к работе: {detail}. Упростите правило и примените его снова."),
  /** It took more steps on one event than a rule may. */
  OVER_BUDGET(
      "it took more than {steps} steps on one event. Make its conditions, regular expressions or"
          + " texts simpler and apply it again.",
      "на одно событие ей понадобилось больше {steps} шагов. Упростите условия, регулярные"
          + " выражения или тексты и примените правило снова."),
  /** It took few enough steps on each event, but went on taking many on all of them. */
  OVER_RATE(
      "it went on taking more than {rate} steps a second, and a little more than that for"
          + " {seconds} seconds is what a rule may. Make its conditions, regular expressions or texts"
          + " simpler, or let it listen to fewer events, and apply it again.",
      "она постоянно делала больше {rate} шагов в секунду, а правилу можно лишь немногим больше и"
          + " не дольше {seconds} секунд. Упростите условия, регулярные выражения или тексты, либо"
          + " пусть правило слушает меньше событий, и примените его снова."),
  /** All rules of the tenant together went on taking many steps, and this one the most of them. */
  OVER_SHARE(
      "all your rules together went on taking more than {share} steps a second, and this one took"
          + " the most of them. Make its conditions, regular expressions or texts simpler, or let it"
          + " listen to fewer events, and apply it again.",
      "все ваши правила вместе постоянно делали больше {share} шагов в секунду, и больше всего"
          + " — это правило. Упростите условия, регулярные выражения или тексты, либо пусть правило"
          + " слушает меньше событий, и примените его снова.");

  private static final String EN = "Version {version} is judged no more, all other rules are: ";
  private static final String RU =
      "Версия {version} больше не применяется, остальные правила работают: ";

  private final String english;
  private final String russian;

  QuarantineReason(String english, String russian) {
    this.english = english;
    this.russian = russian;
  }

  /**
   * The reason that was recorded under its name in lower case with dashes.
   *
   * @throws IllegalArgumentException when there is no such reason
   */
  static QuarantineReason recorded(String label) {
    return valueOf(label.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /** True when only who judged the rule knows; what is wrong with a definition all find out. */
  public boolean foundByJudging() {
    return this == OVER_BUDGET || this == OVER_RATE || this == OVER_SHARE;
  }

  Wording wording(long version, String detail) {
    return new Wording(
        filled(EN + english, version, detail), filled(RU + russian, version, detail));
  }

  private static String filled(String text, long version, String detail) {
    return text.replace("{version}", Long.toString(version))
        .replace("{steps}", Integer.toString(Budget.STEPS))
        .replace("{rate}", Long.toString(RuleBudgets.PER_SECOND))
        .replace("{seconds}", Integer.toString(RuleBudgets.SECONDS))
        .replace("{share}", Long.toString(RuleBudgets.TENANT_RULES * RuleBudgets.PER_SECOND))
        .replace("{detail}", detail);
  }
}
