package io.voronka.rules.parsing;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 90s, 15m, 24h, 3d, or ISO 8601. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(3660);

  private Durations() {}

  /**
   * @param otherwise when there is none
   * @return milliseconds
   */
  public static long millis(Node node, Duration otherwise) {
    return node.text().map(text -> read(node, text)).orElse(otherwise).toMillis();
  }

  private static Duration read(Node node, String text) {
    try {
      Matcher matcher = SHORT.matcher(text);
      Duration read = matcher.matches() ? of(matcher) : Duration.parse(text);
      if (read.compareTo(SHORTEST) < 0 || read.compareTo(LONGEST) > 0) {
        node.problem("a duration above zero and at most ten years is expected, not " + text);
        return Duration.ZERO; // Others are too long for milliseconds.
      }
      return read;
    } catch (DateTimeException e) {
      node.problem("not a duration: " + text);
      return Duration.ZERO;
    }
  }

  private static Duration of(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
