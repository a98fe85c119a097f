package io.voronka.rules.domain.condition;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * How two texts are compared. Parsed values of one type compare and equal each other consistently,
 * so that they serve as keys of the index too.
 */
public enum ValueType {
  /** Letter by letter. */
  TEXT(0, 3, Integer.MAX_VALUE),
  /** Without regard to upper and lower case. */
  TEXT_IGNORE_CASE(0, 2, Integer.MAX_VALUE),
  /** Decimal numbers by value: 10 equals 10.00, and 1 500,50 as people write it equals 1500.5. */
  NUMBER(1, 1, ValueType.LONGEST_NUMBER),
  /** 1, true, on, yes and да; 0, false, off, no and нет; an empty flag is off. */
  BOOLEAN(1, 1, ValueType.LONGEST_NUMBER),
  /**
   * Moments: seconds since 1970, below zero before it, ISO 8601, or a day as the CRM writes
   * birthdays, 12.01.1980, or as people do, 5.3.2026; a date without a time is its first second in
   * UTC.
   */
  DATE(1, 0, 0);

  private static final int LONGEST_NUMBER = 64;

  /** So many digits always fit into a long. */
  static final int LONG_DIGITS = 18;

  /** What {@link #compareNumber} says of a text that is no number. */
  static final int INCOMPARABLE = Integer.MIN_VALUE;

  /** Letters from which a date may be written out, 5.3.2026. */
  private static final int SHORTEST_DATE = 8;

  /** What reading such a text takes. */
  private static final int DATE_STEPS = 100;

  private final int leastSteps;
  private final int lettersOfStep;
  private final int longest;

  /**
   * @param leastSteps that reading any text takes
   * @param lettersOfStep how many letters a further step reads, as a power of two
   * @param longest no more letters are ever read
   */
  ValueType(int leastSteps, int lettersOfStep, int longest) {
    this.leastSteps = leastSteps;
    this.lettersOfStep = lettersOfStep;
    this.longest = longest;
  }

  /**
   * Steps that reading a text as a value of this type takes.
   *
   * @param length of the text
   */
  int steps(int length) {
    return this == DATE && length >= SHORTEST_DATE
        ? DATE_STEPS
        : leastSteps + (Math.min(length, longest) >> lettersOfStep);
  }

  /** The form in which texts are compared letter by letter. */
  String folded(String text) {
    return this == TEXT_IGNORE_CASE ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** Null when the text is not of this type. */
  public Comparable<?> parse(String text) {
    return switch (this) {
      case TEXT, TEXT_IGNORE_CASE -> folded(text);
      case NUMBER -> number(text.strip());
      case BOOLEAN -> flag(text.strip());
      case DATE -> PeoplesDate.seconds(text.strip(), ZoneOffset.UTC);
    };
  }

  /** As {@link #parse(String)}; a date or a time without an offset is one of a zone's clocks. */
  public Comparable<?> parse(String text, ZoneId zone) {
    return this == DATE ? PeoplesDate.seconds(text.strip(), zone) : parse(text);
  }

  /** True for a date or a time that is another moment in another zone. */
  static boolean isLocalDate(String text) {
    Long moment = PeoplesDate.seconds(text.strip(), ZoneOffset.UTC);
    return moment != null && !moment.equals(PeoplesDate.seconds(text.strip(), ZoneOffset.MAX));
  }

  /**
   * Below zero when the text is less than the operand, or null when they cannot be compared.
   *
   * @param zone of whose clocks a date without an offset is
   */
  Integer compare(String text, Object operand, ZoneId zone) {
    // Only equality needs the one form that equal numbers share.
    Comparable<?> value = this == NUMBER ? decimal(text) : parse(text, zone);
    if (value == null) {
      return null;
    }
    return switch (this) {
      case TEXT, TEXT_IGNORE_CASE -> ((String) value).compareTo((String) operand);
      case NUMBER -> ((BigDecimal) value).compareTo((BigDecimal) operand);
      case BOOLEAN -> ((Boolean) value).compareTo((Boolean) operand);
      case DATE -> ((Long) value).compareTo((Long) operand);
    };
  }

  /**
   * A text as a decimal number beside a whole one: below zero when it is less, or {@link
   * #INCOMPARABLE}.
   */
  static int compareNumber(String text, long whole) {
    long digits = digits(text);
    if (digits >= 0) {
      return Long.compare(digits, whole);
    }
    BigDecimal value = decimal(text);
    return value == null ? INCOMPARABLE : value.compareTo(BigDecimal.valueOf(whole));
  }

  /** In any of the forms that equal numbers have; null when it is none. */
  static BigDecimal decimal(String text) {
    return anyForm(text.strip());
  }

  /** A parsed value for a reader. */
  public String written(Object value) {
    return switch (this) {
      case TEXT, TEXT_IGNORE_CASE, BOOLEAN -> value.toString();
      case NUMBER -> plain((BigDecimal) value);
      case DATE -> Instant.ofEpochSecond((Long) value).toString();
    };
  }

  private static String plain(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LONGEST_NUMBER
        ? number.toPlainString()
        : number.toString();
  }

  /** In the form that all equal numbers share. */
  private static BigDecimal number(String text) {
    BigDecimal value = anyForm(text);
    if (value == null) {
      return null;
    }
    return value.signum() == 0 ? BigDecimal.ZERO : stripped(value);
  }

  private static BigDecimal stripped(BigDecimal value) {
    boolean small = value.scale() == 0 && value.precision() <= LONG_DIGITS;
    return small && value.longValue() % 10 != 0 ? value : value.stripTrailingZeros();
  }

  private static BigDecimal anyForm(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER || !startsAsNumber(text.charAt(0))) {
      return null;
    }
    long digits = digits(text);
    if (digits >= 0) {
      return BigDecimal.valueOf(digits);
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return PeoplesNumber.parse(text);
    }
  }

  /** What most numbers are, a few plain digits; else below zero. */
  public static long digits(String text) {
    if (text.isEmpty() || text.length() > LONG_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static boolean startsAsNumber(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "on", "yes", "да" -> Boolean.TRUE;
      case "0", "false", "off", "no", "нет", "" -> Boolean.FALSE;
      default -> null;
    };
  }
}
