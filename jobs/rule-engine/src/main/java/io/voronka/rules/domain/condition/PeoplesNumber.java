package io.voronka.rules.domain.condition;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as people write them into a text: 1 500, 1 500,50, 1,500.50, 1.500,50. What may be read
 * in two ways, as 1,500 is, is none.
 */
final class PeoplesNumber {
  private static final Pattern SPACES = Pattern.compile("[ \u00a0\u202f]");

  private static final Pattern GROUPED_BY_SPACES =
      Pattern.compile("[-+]?[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+([.,][0-9]+)?");

  private static final Pattern WITH_COMMA =
      Pattern.compile("[-+]?(0,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,}))");

  private static final Pattern GROUPED_BY_DOTS =
      Pattern.compile("[-+]?[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+");

  private static final Pattern GROUPED_BY_COMMAS =
      Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3})+\\.[0-9]+");

  private PeoplesNumber() {}

  /** Null when it is none. */
  static BigDecimal parse(String text) {
    if (WITH_COMMA.matcher(text).matches() || GROUPED_BY_SPACES.matcher(text).matches()) {
      return new BigDecimal(SPACES.matcher(text).replaceAll("").replace(',', '.'));
    }
    if (GROUPED_BY_DOTS.matcher(text).matches()) {
      return new BigDecimal(text.replace(".", "").replace(',', '.'));
    }
    return GROUPED_BY_COMMAS.matcher(text).matches() ? new BigDecimal(text.replace(",", "")) : null;
  }
}
