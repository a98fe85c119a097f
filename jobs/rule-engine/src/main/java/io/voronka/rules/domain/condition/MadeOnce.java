package io.voronka.rules.domain.condition;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Immutable values that take long to make, by what they are made of: each once for all rules and
 * all threads of a process. Thousands of rules say the same text. A value is known for as long as
 * somebody holds it, so that there are never more of them than rules in force ask for.
 */
public final class MadeOnce<K, V> {
  private final Map<K, Made<K, V>> known = new ConcurrentHashMap<>();
  private final ReferenceQueue<V> gone = new ReferenceQueue<>();

  private static final class Made<K, V> extends WeakReference<V> {
    final K key;

    Made(K key, V value, ReferenceQueue<V> gone) {
      super(value, gone);
      this.key = key;
    }
  }

  /**
   * The value that is known, or a new one. What {@code make} throws leaves nothing behind.
   *
   * @param make not null, and not by asking for another value here
   * @param sound whether others may have the new value too
   */
  public V of(K key, Function<? super K, ? extends V> make, Predicate<? super V> sound) {
    Made<K, V> before = known.get(key);
    V value = before == null ? null : before.get();
    if (value != null) {
      return value;
    }
    forgetGone();
    AtomicReference<V> made = new AtomicReference<>();
    known.compute(
        key,
        (k, other) -> {
          made.set(other == null ? null : other.get());
          if (made.get() != null) {
            return other;
          }
          V fresh = make.apply(k);
          made.set(fresh);
          return sound.test(fresh) ? new Made<>(k, fresh, gone) : null;
        });
    return made.get();
  }

  /** How many values are held by somebody. */
  int size() {
    forgetGone();
    return known.size();
  }

  private void forgetGone() {
    for (Object next = gone.poll(); next != null; next = gone.poll()) {
      Made<?, ?> made = (Made<?, ?>) next;
      known.remove(made.key, made);
    }
  }
}
