package io.voronka.rules.domain.text;

import java.util.List;
import java.util.Locale;

/**
 * How numbers and dates are written. Our own words and not those of the JVM, which change from one
 * version of it to the next.
 */
enum Language {
  EN(
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December"),
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December"),
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
      List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
  RU(
      List.of(
          "январь",
          "февраль",
          "март",
          "апрель",
          "май",
          "июнь",
          "июль",
          "август",
          "сентябрь",
          "октябрь",
          "ноябрь",
          "декабрь"),
      List.of(
          "января",
          "февраля",
          "марта",
          "апреля",
          "мая",
          "июня",
          "июля",
          "августа",
          "сентября",
          "октября",
          "ноября",
          "декабря"),
      List.of("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
      List.of("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
      List.of("пн", "вт", "ср", "чт", "пт", "сб", "вс"));

  private final List<String> months;
  private final List<String> monthsAfterDay;
  private final List<String> shortMonths;
  private final List<String> days;
  private final List<String> shortDays;

  Language(
      List<String> months,
      List<String> monthsAfterDay,
      List<String> shortMonths,
      List<String> days,
      List<String> shortDays) {
    this.months = months;
    this.monthsAfterDay = monthsAfterDay;
    this.shortMonths = shortMonths;
    this.days = days;
    this.shortDays = shortDays;
  }

  /** Russian for Russian, English for all others. */
  static Language of(Locale locale) {
    return locale.getLanguage().equals("ru") ? RU : EN;
  }

  /** Null when it is neither ru nor en. */
  static Language named(String tag) {
    return switch (tag) {
      case "ru" -> RU;
      case "en" -> EN;
      default -> null;
    };
  }

  /**
   * @param afterDay true in "5 октября", false in "октябрь 2026"
   */
  String month(int month, boolean afterDay) {
    return (afterDay ? monthsAfterDay : months).get(month - 1);
  }

  String shortMonth(int month) {
    return shortMonths.get(month - 1);
  }

  /**
   * @param day 1 is Monday
   */
  String day(int day) {
    return days.get(day - 1);
  }

  String shortDay(int day) {
    return shortDays.get(day - 1);
  }
}
