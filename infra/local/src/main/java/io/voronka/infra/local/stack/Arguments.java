package io.voronka.infra.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --key value} pairs; a key that is given again replaces what was there. Immutable. */
public final class Arguments {

  private static final Arguments NONE = new Arguments(Map.of());

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  static Arguments none() {
    return NONE;
  }

  /** With one more pair. */
  public Arguments with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Arguments(more);
  }

  /**
   * With the pairs of a command line.
   *
   * @throws IllegalArgumentException when they are no pairs
   */
  public Arguments withAll(List<String> pairs) {
    Arguments result = this;
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!pairs.get(i).startsWith("--") || i + 1 == pairs.size()) {
        throw new IllegalArgumentException("expected --key value, not " + pairs.get(i));
      }
      result = result.with(pairs.get(i).substring(2), pairs.get(i + 1));
    }
    return result;
  }

  /** As a command line. */
  public List<String> list() {
    List<String> line = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          line.add("--" + key);
          line.add(value);
        });
    return line;
  }
}
