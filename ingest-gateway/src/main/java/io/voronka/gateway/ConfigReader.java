package io.voronka.gateway;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.gateway.GatewayConfig.ConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes typed values out of arguments and environment and collects every mistake. */
final class ConfigReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,12})(b|kb|mb|gb)?");

  private final Map<String, String> given;
  private final UnaryOperator<String> environment;
  private final Map<String, String> mistakes = new LinkedHashMap<>();

  private ConfigReader(Map<String, String> given, UnaryOperator<String> environment) {
    this.given = given;
    this.environment = environment;
  }

  static ConfigReader of(List<String> arguments, UnaryOperator<String> environment) {
    ConfigReader reader = new ConfigReader(new HashMap<>(), environment);
    for (int i = 0; i < arguments.size(); i += 2) {
      String key = arguments.get(i);
      if (!key.startsWith("--")) {
        reader.mistake(key, "expected --key value");
      } else if (i + 1 == arguments.size()) {
        reader.mistake(key.substring(2), "has no value");
      } else if (reader.given.put(key.substring(2), arguments.get(i + 1)) != null) {
        reader.mistake(key.substring(2), "given twice");
      }
    }
    return reader;
  }

  void mistake(String key, String what) {
    mistakes.putIfAbsent(key, what);
  }

  /**
   * @throws ConfigException when there were mistakes, or arguments that nobody asked for
   */
  void finish() {
    given.keySet().forEach(key -> mistake(key, "unknown"));
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }

  String text(String key, String otherwise) {
    return take(key).orElse(otherwise);
  }

  String text(String key) {
    Optional<String> value = take(key).filter(text -> !text.isBlank());
    if (value.isEmpty()) {
      mistake(key, "is required");
    }
    return value.orElse("");
  }

  String oneOf(String key, String otherwise, List<String> allowed) {
    String value = take(key).orElse(otherwise);
    if (!allowed.contains(value)) {
      mistake(key, "expected one of " + allowed + ", not " + value);
    }
    return value;
  }

  boolean flag(String key) {
    String value = take(key).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      mistake(key, "expected true or false, not " + value);
    }
    return value.equals("true");
  }

  Optional<Path> path(String key) {
    try {
      return take(key).map(Path::of);
    } catch (InvalidPathException e) {
      mistake(key, "no path: " + e.getMessage());
      return Optional.empty();
    }
  }

  int number(String key, int otherwise, int least, int most) {
    return take(key)
        .map(
            text -> {
              try {
                return inRange(key, Integer.parseInt(text), least, most, otherwise);
              } catch (NumberFormatException e) {
                mistake(key, "expected a number, not " + text);
                return otherwise;
              }
            })
        .orElse(otherwise);
  }

  /** {@code 64kb}, {@code 16mb}, {@code 1gb}, or plain bytes. */
  long bytes(String key, long otherwise, long least, long most) {
    Optional<String> text = take(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = BYTES.matcher(text.get().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      mistake(key, "expected a size such as 16mb, not " + text.get());
      return otherwise;
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2);
    int shift =
        switch (unit) {
          case "kb" -> 10;
          case "mb" -> 20;
          case "gb" -> 30;
          default -> 0;
        };
    return inRange(key, Long.parseLong(matcher.group(1)) << shift, least, most, otherwise);
  }

  /** {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; above zero. */
  Duration duration(String key, Duration otherwise, Duration most) {
    Optional<String> text = take(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      mistake(key, "expected a duration such as 500ms or 2s, not " + text.get());
      return otherwise;
    }
    long count = Long.parseLong(matcher.group(1));
    Duration value =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    if (value.compareTo(most) > 0) {
      mistake(key, "at most " + most.toMillis() + "ms");
      return otherwise;
    }
    return value;
  }

  /** {@code name=env:NAME,other=file:/path}. */
  Map<String, SecretReference> secrets(String key) {
    Map<String, SecretReference> references = new LinkedHashMap<>();
    for (String pair : take(key).filter(text -> !text.isBlank()).orElse("").split(",", 0)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      // nothing of the pair is repeated: it may be the secret itself
      try {
        if (equals < 1
            || references.put(
                    pair.substring(0, equals).strip(),
                    SecretReference.parse(pair.substring(equals + 1).strip()))
                != null) {
          mistake(key, "expected client=env:NAME or client=file:/path, each client once");
        }
      } catch (IllegalArgumentException e) {
        mistake(key, e.getMessage());
      }
    }
    return references;
  }

  /** {@code env:NAME,file:/path}. */
  List<SecretReference> references(String key) {
    List<SecretReference> references = new ArrayList<>();
    for (String text : take(key).filter(given -> !given.isBlank()).orElse("").split(",", 0)) {
      try {
        if (!text.isBlank()) {
          references.add(SecretReference.parse(text.strip()));
        }
      } catch (IllegalArgumentException e) {
        mistake(key, e.getMessage());
      }
    }
    return List.copyOf(references);
  }

  private int inRange(String key, int value, int least, int most, int otherwise) {
    return Math.toIntExact(inRange(key, (long) value, least, most, otherwise));
  }

  private long inRange(String key, long value, long least, long most, long otherwise) {
    if (value < least || value > most) {
      mistake(key, "expected " + least + " to " + most + ", not " + value);
      return otherwise;
    }
    return value;
  }

  private Optional<String> take(String key) {
    String value = given.remove(key);
    if (value != null) {
      return Optional.of(value);
    }
    String variable = "VORONKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Optional.ofNullable(environment.apply(variable));
  }
}
