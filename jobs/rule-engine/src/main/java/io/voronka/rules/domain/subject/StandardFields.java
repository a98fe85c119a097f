package io.voronka.rules.domain.subject;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Standard fields by name. Those that nearly every lead has stand at fixed places: rules that ask
 * for them by {@link FieldRef} need no hashing and find the text itself, and a dozen of them is one
 * array instead of as many nodes and values. Nothing is put in once it is part of a state.
 */
public final class StandardFields extends AbstractMap<String, Known> {
  /** By code; null for what was never seen. */
  private final String[] texts = new String[FieldNames.count() + 1];

  private final Map<String, Known> others = new HashMap<>(0);
  private int codes;

  /** The time of all that have a code, as long as they have only one. */
  private long at;

  /** By code; null as long as they have only one. */
  private long[] times;

  /** Takes one field after the other. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * @param code as {@link FieldNames} has it; 0 when the name has none
     * @param at as in {@link Known}
     */
    void take(int code, String name, String text, long at);
  }

  /** Goes through the fields of any map. */
  public static void each(Map<String, Known> fields, Receiver receiver) {
    Map<String, Known> named = fields;
    if (fields instanceof StandardFields standard) {
      standard.eachCoded(receiver);
      named = standard.others;
    }
    for (Map.Entry<String, Known> field : named.entrySet()) {
      Known known = field.getValue();
      int code = FieldNames.code(field.getKey());
      receiver.take(code, field.getKey(), known.text(), known.at());
    }
  }

  private void eachCoded(Receiver receiver) {
    for (int code = 1; code < texts.length; code++) {
      if (texts[code] != null) {
        receiver.take(code, FieldNames.name(code), texts[code], at(code));
      }
    }
  }

  /** The text of a field of any map; null when never seen. */
  static String text(Map<String, Known> fields, FieldRef ref) {
    if (fields instanceof StandardFields standard && ref.code() > 0) {
      return standard.texts[ref.code()];
    }
    Known known = fields.get(ref.name());
    return known == null ? null : known.text();
  }

  @Override
  public int size() {
    return codes + others.size();
  }

  @Override
  public Known get(Object name) {
    int code = code(name);
    return code > 0 ? known(code) : others.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    int code = code(name);
    return code > 0 ? texts[code] != null : others.containsKey(name);
  }

  @Override
  public Known put(String name, Known value) {
    int code = FieldNames.code(name);
    if (code == 0) {
      return others.put(name, value);
    }
    Known before = known(code);
    put(code, value.text(), value.at());
    return before;
  }

  /** As {@link #put(String, Known)}. */
  void put(String name, String text, long time) {
    int code = FieldNames.code(name);
    if (code == 0) {
      others.put(name, new Known(text, time));
    } else {
      put(code, text == null ? "" : text, time);
    }
  }

  private void put(int code, String text, long time) {
    if (codes == 0) {
      at = time;
    } else if (times == null && time != at) {
      times = new long[texts.length];
      Arrays.fill(times, at);
    }
    if (times != null) {
      times[code] = time;
    }
    codes += texts[code] == null ? 1 : 0;
    texts[code] = text;
  }

  private Known known(int code) {
    String text = texts[code];
    return text == null ? null : new Known(text, at(code));
  }

  private long at(int code) {
    return times == null ? at : times[code];
  }

  @Override
  public Set<Map.Entry<String, Known>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return StandardFields.this.size();
      }

      @Override
      public Iterator<Map.Entry<String, Known>> iterator() {
        return new Entries();
      }
    };
  }

  private static int code(Object name) {
    return name instanceof String text ? FieldNames.code(text) : 0;
  }

  /** First those with a code. */
  private final class Entries implements Iterator<Map.Entry<String, Known>> {
    private final Iterator<Map.Entry<String, Known>> rest = others.entrySet().iterator();
    private int next = following(1);

    @Override
    public boolean hasNext() {
      return next < texts.length || rest.hasNext();
    }

    @Override
    public Map.Entry<String, Known> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next == texts.length) {
        return rest.next();
      }
      int code = next;
      next = following(code + 1);
      return Map.entry(FieldNames.name(code), known(code));
    }

    private int following(int from) {
      int code = from;
      while (code < texts.length && texts[code] == null) {
        code++;
      }
      return code;
    }
  }
}
