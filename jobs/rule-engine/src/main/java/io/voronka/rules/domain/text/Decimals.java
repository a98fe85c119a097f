package io.voronka.rules.domain.text;

import io.voronka.rules.domain.condition.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;

/** Numbers and amounts of money, written as people of a language write them. */
final class Decimals {
  private static final int LONGEST = 64;
  private static final char NO_BREAK_SPACE = '\u00a0';

  /** The signs that people know; other currencies are shown by their code. */
  private static final Map<String, String> SIGNS =
      Map.of(
          "RUB", "₽", "USD", "$", "EUR", "€", "GBP", "£", "KZT", "₸", "UAH", "₴", "TRY", "₺", "INR",
          "₹", "GEL", "₾", "BRL", "R$");

  private Decimals() {}

  /**
   * @param name whose value it is, for the message
   * @throws UnfitValueException when the text is not a number of at most 64 digits
   */
  static BigDecimal parse(String name, String text) {
    BigDecimal number = (BigDecimal) ValueType.NUMBER.parse(text);
    if (number == null || Math.abs((long) number.scale()) > LONGEST) {
      throw new UnfitValueException("a number in " + name, text);
    }
    return number;
  }

  /**
   * @param digits after the point, rounded half up; below zero: as many as the number has
   */
  static String written(BigDecimal number, int digits, Language language) {
    int scale = digits < 0 ? Math.max(0, number.scale()) : digits;
    BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
    String plain = rounded.abs().toPlainString();
    int point = scale == 0 ? plain.length() : plain.length() - scale - 1;
    StringBuilder out = new StringBuilder(plain.length() + plain.length() / 3 + 1);
    if (rounded.signum() < 0) {
      out.append('-');
    }
    for (int i = 0; i < point; i++) {
      if (i > 0 && (point - i) % 3 == 0) {
        out.append(language == Language.RU ? NO_BREAK_SPACE : ',');
      }
      out.append(plain.charAt(i));
    }
    if (scale > 0) {
      out.append(language == Language.RU ? ',' : '.').append(plain, point + 1, plain.length());
    }
    return out.toString();
  }

  /** 1 250 ₽, 1 250,50 ₽; $1,250, $1,250.50: parts of a unit are shown only when there are any. */
  static String money(BigDecimal amount, Currency currency, Language language) {
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    BigDecimal rounded = amount.setScale(digits, RoundingMode.HALF_UP);
    boolean whole = rounded.signum() == 0 || rounded.stripTrailingZeros().scale() <= 0;
    String number = written(rounded, whole ? 0 : digits, language);
    String sign = SIGNS.get(currency.getCurrencyCode());
    if (language == Language.RU) {
      return number + NO_BREAK_SPACE + (sign == null ? currency.getCurrencyCode() : sign);
    }
    if (sign == null) {
      return currency.getCurrencyCode() + NO_BREAK_SPACE + number;
    }
    return number.startsWith("-") ? '-' + sign + number.substring(1) : sign + number;
  }
}
