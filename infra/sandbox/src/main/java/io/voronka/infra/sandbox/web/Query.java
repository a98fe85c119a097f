package io.voronka.infra.sandbox.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A decoded query string with PHP's brackets: {@code filter[id][]=1}, {@code filter[id][0]=1} and
 * {@code filter[id]=1} all put 1 under {@code filter[id]}.
 */
public final class Query {
  private record Pair(String key, String value) {}

  private final List<Pair> pairs;

  private Query(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /** Reads a raw query string; {@code null} gives the empty query, bad escapes stay as they are. */
  public static Query parse(String raw) {
    List<Pair> pairs = new ArrayList<>();
    if (raw != null) {
      for (String part : raw.split("&")) {
        if (!part.isEmpty()) {
          int equals = part.indexOf('=');
          String key = equals < 0 ? part : part.substring(0, equals);
          pairs.add(new Pair(decode(key), equals < 0 ? "" : decode(part.substring(equals + 1))));
        }
      }
    }
    return new Query(pairs);
  }

  /** The last value given for exactly {@code key}. */
  public Optional<String> text(String key) {
    return pairs.stream().filter(p -> p.key.equals(key)).map(Pair::value).reduce((a, b) -> b);
  }

  /**
   * The last value for {@code key} as a whole number.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public OptionalLong number(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get().trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a number: " + text.get(), e);
    }
  }

  /** All values for {@code key}, {@code key[]} and {@code key[0]}, in the order given. */
  public List<String> all(String key) {
    return pairs.stream()
        .filter(
            p ->
                p.key.equals(key)
                    || (p.key.startsWith(key + "[")
                        && p.key.substring(key.length()).matches("\\[[0-9]*\\]")))
        .map(Pair::value)
        .toList();
  }

  /** Like {@link #all} for whole numbers; what is not a number matches nothing and is left out. */
  public List<Long> numbers(String key) {
    return all(key).stream().filter(v -> v.matches("-?[0-9]{1,18}")).map(Long::valueOf).toList();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return text;
    }
  }
}
