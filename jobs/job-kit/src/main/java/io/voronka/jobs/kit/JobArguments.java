package io.voronka.jobs.kit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code --key value} pairs and {@code --flag}s. Reading a key makes it known; a wrong value is
 * noted and something harmless returned, so that {@link #check()}, called when everything has been
 * read, can report all errors at once, unknown keys among them.
 */
public final class JobArguments {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(ms|s|m|min|h|d)");
  private static final String FLAG = "true";

  private final Map<String, String> values;
  private final Set<String> known = new TreeSet<>();
  private final List<String> errors;

  private JobArguments(Map<String, String> values, List<String> errors) {
    this.values = values;
    this.errors = errors;
  }

  public static JobArguments of(String... args) {
    Map<String, String> values = new TreeMap<>();
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--") || args[i].length() == 2) {
        errors.add("expected --key at argument " + (i + 1));
        continue;
      }
      String key = args[i].substring(2);
      boolean valued = i + 1 < args.length && !args[i + 1].startsWith("--");
      if (values.put(key, valued ? args[++i] : FLAG) != null) {
        errors.add("--" + key + " is given twice");
      }
    }
    return new JobArguments(values, errors);
  }

  /** Fails in {@link #check()} when it is missing. */
  public String required(String key) {
    return text(key)
        .orElseGet(
            () -> {
              errors.add("--" + key + " is missing");
              return "";
            });
  }

  public Optional<String> text(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** True when the key is there without a value or with {@code true}. */
  public boolean flag(String key) {
    return parsed(
        key,
        false,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("true or false");
            });
  }

  /** A whole number of at least {@code least}. */
  public int integer(String key, int otherwise, int least) {
    return parsed(
        key,
        otherwise,
        text -> {
          int value = parseInt(text);
          if (value < least) {
            throw new IllegalArgumentException("at least " + least);
          }
          return value;
        });
  }

  /** {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 30d} or ISO 8601 ({@code PT2S}). */
  public Duration duration(String key, Duration otherwise) {
    return parsed(key, otherwise, JobArguments::parseDuration);
  }

  /** {@code env:NAME} or {@code file:/path}; fails in {@link #check()} when it is missing. */
  public SecretReference secret(String key) {
    known.add(key);
    if (!values.containsKey(key)) {
      errors.add("--" + key + " is missing");
    }
    return parsed(key, new SecretReference("env:" + key), SecretReference::new);
  }

  /**
   * A value of any other kind.
   *
   * @param parser throws IllegalArgumentException with what would be right
   */
  public <V> V parsed(String key, V otherwise, Function<String, V> parser) {
    known.add(key);
    String text = values.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      // The value is left out: it may be a secret in the wrong place.
      errors.add("--" + key + ": " + e.getMessage());
      return otherwise;
    }
  }

  /** Adds an error that only several values together show. */
  public void reject(String error) {
    errors.add(error);
  }

  /**
   * To be called after all keys have been read.
   *
   * @throws InvalidArgumentsException with one line per error
   */
  public void check() {
    List<String> all = new ArrayList<>(errors);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        all.add("--" + key + " is unknown; known are " + String.join(", ", known));
      }
    }
    if (!all.isEmpty()) {
      throw new InvalidArgumentsException(all);
    }
  }

  /** Names only: a value may be a secret in the wrong place. */
  @Override
  public String toString() {
    return "JobArguments" + values.keySet();
  }

  private static int parseInt(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a whole number is expected", e);
    }
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m", "min" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("a duration such as 500ms, 2s, 5m or PT2S is expected", e);
    }
  }
}
