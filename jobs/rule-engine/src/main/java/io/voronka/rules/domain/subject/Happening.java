package io.voronka.rules.domain.subject;

/**
 * The last time something happened to a subject.
 *
 * @param at when, epoch milliseconds: the vendor's time where it gives one, never later than the
 *     log's
 * @param seenAt the log's time of the event that told of it, epoch milliseconds; decides between
 *     two of the same second, since the vendor's clock has whole seconds
 * @param id fingerprint of the event that told of it
 * @param depth how deep in a chain of rules that event was: what begins with it goes on from there.
 *     0 when no rule caused it
 */
public record Happening(long at, long seenAt, long id, int depth) {

  /** One that no rule caused. */
  public Happening(long at, long seenAt, long id) {
    this(at, seenAt, id, 0);
  }

  /** The same, caused by rules. */
  Happening inChain(int deep) {
    return new Happening(at, seenAt, id, deep);
  }

  /** True when this came after the other. */
  public boolean isAfter(Happening other) {
    return at > other.at || (at == other.at && seenAt > other.seenAt);
  }
}
