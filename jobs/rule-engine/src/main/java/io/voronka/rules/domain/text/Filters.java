package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.SubjectView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The filters by their names, which are Liquid's where Liquid has them. */
final class Filters {
  private static final int MOST_DIGITS = 10;
  private static final int DEFAULT_LENGTH = 50;

  /** Measured, as all prices are. */
  private static final long DATE_STEPS = 40;

  private static final long NUMBER_STEPS = 20;

  private static final Map<String, Function<Arguments, Filter>> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("default", Filters::otherwise),
              Map.entry("upcase", arguments -> Filter.each(v -> v.toUpperCase(Locale.ROOT))),
              Map.entry("downcase", arguments -> Filter.each(v -> v.toLowerCase(Locale.ROOT))),
              Map.entry("capitalize", arguments -> Filter.each(Filters::capitalized)),
              Map.entry("strip", arguments -> Filter.each(String::strip)),
              Map.entry("truncate", Filters::truncate),
              Map.entry("replace", Filters::replace),
              Map.entry("first", arguments -> (values, view) -> List.of(values.get(0))),
              Map.entry(
                  "last", arguments -> (values, view) -> List.of(values.get(values.size() - 1))),
              Map.entry("join", Filters::join),
              Map.entry(
                  "url_encode",
                  arguments ->
                      Filter.each(
                          Filters::letterByLetter,
                          v -> URLEncoder.encode(v, StandardCharsets.UTF_8))),
              Map.entry(
                  "escape",
                  arguments -> Filter.each(Filters::letterByLetter, Filters::htmlEscaped)),
              Map.entry("date", Filters::date),
              Map.entry("number", Filters::number),
              Map.entry("money", Filters::money)));

  private Filters() {}

  /** For error messages. */
  static String known() {
    return String.join(", ", BY_NAME.keySet());
  }

  static boolean knows(String name) {
    return BY_NAME.containsKey(name);
  }

  static Filter of(String name, Arguments arguments) {
    Filter filter = BY_NAME.get(name).apply(arguments);
    arguments.end();
    return filter;
  }

  /** Stands in for a value that is missing or has no letters. */
  private static Filter otherwise(Arguments arguments) {
    Term other = arguments.term("what stands in for a missing value");
    return new Filter() {
      @Override
      public List<String> apply(List<String> values, SubjectView view) {
        boolean there = values != null && values.stream().anyMatch(value -> !value.isEmpty());
        return there ? values : other.values(view);
      }

      @Override
      public boolean takesMissing() {
        return true;
      }
    };
  }

  private static long letterByLetter(String value) {
    return value.length() / 2;
  }

  /** The first letter large, the rest as it is: McDonald stays McDonald. */
  private static String capitalized(String value) {
    if (value.isEmpty()) {
      return value;
    }
    int end = value.offsetByCodePoints(0, 1);
    return value.substring(0, end).toUpperCase(Locale.ROOT) + value.substring(end);
  }

  private static Filter truncate(Arguments arguments) {
    int length = arguments.more() ? arguments.number("the length", Text.LONGEST) : DEFAULT_LENGTH;
    String ending = arguments.more() ? arguments.constant("the ending") : "...";
    return Filter.each(value -> truncated(value, length, ending));
  }

  /** Counts letters as people do: one outside the basic plane, an emoji, is not cut in two. */
  private static String truncated(String value, int length, String ending) {
    if (value.codePointCount(0, value.length()) <= length) {
      return value;
    }
    int kept = length - ending.codePointCount(0, ending.length());
    return kept <= 0 ? ending : value.substring(0, value.offsetByCodePoints(0, kept)) + ending;
  }

  private static Filter replace(Arguments arguments) {
    Term from = arguments.term("what to replace");
    Term to = arguments.term("what to put in its place");
    if (from instanceof Term.Constant constant && constant.text().isEmpty()) {
      arguments.problem("an empty text cannot be replaced");
    }
    return (values, view) -> {
      String old = Term.joined(from, view);
      String young = Term.joined(to, view);
      return values.stream().map(value -> replaced(value, old, young, view)).toList();
    };
  }

  private static String replaced(String value, String old, String young, SubjectView view) {
    if (old.isEmpty()) {
      return value;
    }
    view.budget().take(Filter.steps(value.length() + (long) value.length() * old.length() / 8));
    int found = 0;
    for (int at = value.indexOf(old); at >= 0; at = value.indexOf(old, at + old.length())) {
      found++;
    }
    view.budget().take(Filter.steps((long) found * young.length()));
    return value.replace(old, young);
  }

  private static Filter join(Arguments arguments) {
    Term separator = arguments.term("what to put between the values");
    return (values, view) -> {
      String between = Term.joined(separator, view);
      view.budget().take(Filter.steps((long) between.length() * values.size()));
      return List.of(String.join(between, values));
    };
  }

  static String htmlEscaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static Filter date(Arguments arguments) {
    DatePattern pattern =
        DatePattern.parse(arguments.constant("the form of a date"), arguments::problem);
    ZoneId own = zone(arguments);
    Function<SubjectView, Language> language = language(arguments);
    String expected = "a date in " + arguments.subject();
    return (values, view) -> {
      ZoneId zone = own == null ? view.surroundings().tenant().timeZone() : own;
      if (zone == null) {
        throw new MissingValueException("the tenant's time zone");
      }
      Language words = pattern.needsLanguage() ? language.apply(view) : null;
      return Filter.each(
              value -> DATE_STEPS,
              value -> {
                ZonedDateTime moment = DatePattern.moment(value, zone);
                if (moment == null) {
                  throw new UnfitValueException(expected, value);
                }
                return pattern.format(moment, words);
              })
          .apply(values, view);
    };
  }

  private static ZoneId zone(Arguments arguments) {
    String named = arguments.named("zone");
    try {
      return named == null ? null : ZoneId.of(named);
    } catch (DateTimeException e) {
      arguments.problem("unknown time zone " + named);
      return null;
    }
  }

  private static Filter number(Arguments arguments) {
    int digits = arguments.more() ? arguments.number("the digits", MOST_DIGITS) : -1;
    Function<SubjectView, Language> language = language(arguments);
    return (values, view) -> {
      Language written = language.apply(view);
      return Filter.each(
              value -> NUMBER_STEPS,
              value ->
                  Decimals.written(Decimals.parse(arguments.subject(), value), digits, written))
          .apply(values, view);
    };
  }

  private static Filter money(Arguments arguments) {
    Currency currency = currency(arguments);
    Function<SubjectView, Language> language = language(arguments);
    return (values, view) -> {
      Language written = language.apply(view);
      return Filter.each(
              value -> NUMBER_STEPS,
              value ->
                  Decimals.money(Decimals.parse(arguments.subject(), value), currency, written))
          .apply(values, view);
    };
  }

  /** Null, with a problem told, when there is no such currency. */
  private static Currency currency(Arguments arguments) {
    String code = arguments.constant("a currency");
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      arguments.problem("unknown currency " + code + "; a code like RUB or USD is expected");
      return null;
    }
  }

  /** The tenant's, unless the author names another. */
  private static Function<SubjectView, Language> language(Arguments arguments) {
    String tag = arguments.named("locale");
    if (tag == null) {
      return view -> {
        Locale locale = view.surroundings().tenant().locale();
        if (locale == null) {
          throw new MissingValueException("the tenant's locale");
        }
        return Language.of(locale);
      };
    }
    Language named = Language.named(tag);
    if (named == null) {
      arguments.problem("unknown locale " + tag + "; known are ru and en");
    }
    return view -> named;
  }
}
