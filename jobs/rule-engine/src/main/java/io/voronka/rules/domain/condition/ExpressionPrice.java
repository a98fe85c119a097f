package io.voronka.rules.domain.condition;

import com.google.re2j.Pattern;

/**
 * What a regular expression takes for each letter of a text, in steps. The engine is linear: for
 * each letter it goes on with every place of the expression where a match may be. How many there
 * are at once follows from how often the expression forks: an optional or a repeated part is in two
 * places after each letter, a part that is counted is in as many as it has copies; alternatives
 * mostly end with their first letter. Measured: about ten nanoseconds a step for expressions of any
 * kind.
 */
final class ExpressionPrice {
  private static final int LEAST = 4;

  /** Weights are in halves of a step. */
  private static final long FORK = 4;

  private static final long COPY = 2;
  private static final long ALTERNATIVE = 1;

  /** Copies of copies of copies: more than any budget. */
  private static final long MOST = 1_000_000;

  private static final long MOST_INSTRUCTIONS = 4_000;

  private final String source;
  private int at;

  /** Instructions of what was read so far, about. */
  private long size;

  private ExpressionPrice(String source) {
    this.source = source;
  }

  static int stepsPerLetter(Pattern pattern) {
    long halves = new ExpressionPrice(pattern.pattern()).group();
    return (int) Math.min(MOST, LEAST + pattern.programSize() / 8 + halves / 2);
  }

  /**
   * True for an expression of copies of copies: a few letters may ask for more instructions than
   * any memory holds, so that this has to be known before it is compiled.
   */
  static boolean tooLarge(String source) {
    ExpressionPrice price = new ExpressionPrice(source);
    while (price.at < source.length()) {
      price.group(); // A bracket too many is told of by the compiler.
    }
    return price.size > MOST_INSTRUCTIONS;
  }

  /** The weight of all up to the closing bracket. */
  private long group() {
    long weight = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == ')') {
        at++;
        return weight;
      }
      if (c == '|') {
        at++;
        size++;
        weight += ALTERNATIVE;
      } else {
        long before = size;
        weight += repeated(atom(), before);
      }
      weight = Math.min(weight, MOST);
    }
    return weight;
  }

  private long atom() {
    char c = source.charAt(at++);
    size++;
    if (c == '(') {
      size++;
      return group();
    }
    if (c == '[') {
      skipClass();
    } else if (c == '\\') {
      skipEscape();
    }
    return 0;
  }

  private long repeated(long weight, long sizeBefore) {
    long repeated = weight;
    while (at < source.length() && "?*+{".indexOf(source.charAt(at)) >= 0) {
      char c = source.charAt(at++);
      long copies = c == '{' ? copies() : 1;
      size = sizeBefore + Math.min(MOST, (size - sizeBefore + 1) * copies);
      repeated = Math.min(MOST, repeated * copies + (copies - 1) * COPY + (c == '{' ? 0 : FORK));
    }
    return repeated;
  }

  /** What the count behind an opening brace says at most; one when it is no count but a letter. */
  private long copies() {
    int end = source.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : source.substring(at, end).split(",");
    if (bounds.length == 0 || !bounds[bounds.length - 1].matches("[0-9]{1,5}")) {
      return 1;
    }
    at = end + 1;
    return Math.max(1, Long.parseLong(bounds[bounds.length - 1]));
  }

  private void skipClass() {
    at += source.startsWith("^", at) ? 1 : 0;
    at += source.startsWith("]", at) ? 1 : 0;
    while (at < source.length() && source.charAt(at) != ']') {
      char c = source.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[' && source.startsWith(":", at)) {
        at = Math.max(at, source.indexOf(":]", at) + 2);
      }
    }
    at++;
  }

  private void skipEscape() {
    char c = at < source.length() ? source.charAt(at++) : ' ';
    if (c == 'Q') {
      int end = source.indexOf("\\E", at);
      int from = at;
      at = end < 0 ? source.length() : end + 2;
      size += at - from;
    } else if ((c == 'p' || c == 'P' || c == 'x') && source.startsWith("{", at)) {
      at = Math.max(at, source.indexOf('}', at) + 1);
    }
  }
}
