package io.voronka.connectors.testing.kommo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A form body whose entities are known by the prefix of their keys: {@code leads[status][0]}. */
public final class KommoBody {
  /** The prefix of the account block, which is no entity. */
  public static final String ACCOUNT = "account";

  private final byte[] bytes;
  private final List<String> entities;
  private final Map<String, List<String>> pairs;

  private KommoBody(byte[] bytes, List<String> entities, Map<String, List<String>> pairs) {
    this.bytes = bytes;
    this.entities = entities;
    this.pairs = pairs;
  }

  /**
   * @param body ASCII, keys with or without percent signs
   * @param entities prefixes, in the order of the body
   */
  public static KommoBody of(String body, String... entities) {
    List<String> prefixes = new ArrayList<>(List.of(entities));
    prefixes.add(ACCOUNT);
    return new KommoBody(latin(body), List.of(entities), pairs(latin(body), prefixes));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  int length() {
    return bytes.length;
  }

  /** Prefixes of the entities, in the order of the body. */
  public List<String> entities() {
    return entities;
  }

  /** A body of this entity alone, without the account block. */
  public byte[] alone(String entity) {
    return latin(String.join("&", pairs.get(entity)));
  }

  /**
   * The prefixes, {@link #ACCOUNT} among them, whose pairs are in a damaged body as they were, byte
   * by byte and in order, and no pair more.
   */
  public Set<String> untouchedIn(byte[] damaged) {
    Map<String, List<String>> found = pairs(damaged, pairs.keySet());
    Set<String> untouched = new LinkedHashSet<>();
    pairs.forEach(
        (prefix, expected) -> {
          if (expected.equals(found.get(prefix))) {
            untouched.add(prefix);
          }
        });
    return untouched;
  }

  /** Found by the plainest means. */
  private static Map<String, List<String>> pairs(byte[] body, Iterable<String> prefixes) {
    Map<String, List<String>> byPrefix = new LinkedHashMap<>();
    prefixes.forEach(prefix -> byPrefix.put(prefix, new ArrayList<>()));
    for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&")) {
      int equals = pair.indexOf('=');
      String key = plain(equals < 0 ? pair : pair.substring(0, equals));
      byPrefix.forEach(
          (prefix, found) -> {
            if (key.startsWith(prefix)) {
              found.add(pair);
            }
          });
    }
    return byPrefix;
  }

  private static String plain(String key) {
    if (key.indexOf('%') < 0) {
      return key;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '%'
          && i + 2 < key.length()
          && Character.digit(key.charAt(i + 1), 16) >= 0
          && Character.digit(key.charAt(i + 2), 16) >= 0) {
        plain.append((char) Integer.parseInt(key.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(key.charAt(i));
      }
    }
    return plain.toString();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
