package io.voronka.rules.domain.subject;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Standard fields by name. Those that nearly every lead has stand at fixed places: rules that ask
 * for them by {@link FieldRef} need no hashing, and a dozen of them is one array instead of as many
 * nodes. Nothing is put in once it is part of a state.
 */
final class StandardFields extends AbstractMap<String, Known> {
  private final Known[] coded = new Known[FieldNames.count() + 1];
  private final Map<String, Known> others = new HashMap<>(0);
  private int codes;

  /** Of a field of any map; null when never seen. */
  static Known find(Map<String, Known> fields, FieldRef ref) {
    return fields instanceof StandardFields standard && ref.code() > 0
        ? standard.coded[ref.code()]
        : fields.get(ref.name());
  }

  @Override
  public int size() {
    return codes + others.size();
  }

  @Override
  public Known get(Object name) {
    int code = code(name);
    return code > 0 ? coded[code] : others.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Known put(String name, Known value) {
    int code = FieldNames.code(name);
    if (code == 0) {
      return others.put(name, value);
    }
    Known before = coded[code];
    codes += before == null ? 1 : 0;
    coded[code] = value;
    return before;
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
      return next < coded.length || rest.hasNext();
    }

    @Override
    public Map.Entry<String, Known> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next == coded.length) {
        return rest.next();
      }
      int code = next;
      next = following(code + 1);
      return Map.entry(FieldNames.name(code), coded[code]);
    }

    private int following(int from) {
      int code = from;
      while (code < coded.length && coded[code] == null) {
        code++;
      }
      return code;
    }
  }
}
