package io.voronka.infra.local.bench.timers;

/**
 * Some leads that are waited for.
 *
 * @param first number of the first lead
 * @param size how many leads
 * @param due of the first, a whole second in epoch milliseconds
 * @param perSecond how many are due in each second
 * @param spread they are due evenly over each second, otherwise all at its beginning
 */
record Wave(String name, int first, int size, long due, int perSecond, boolean spread) {

  /** So many at each whole second. */
  static Wave atSeconds(String name, int first, int size, long due, int perSecond) {
    return new Wave(name, first, size, due, perSecond, false);
  }

  /** All of them within one second, one after the other. */
  static Wave overOneSecond(String name, int first, int size, long due) {
    return new Wave(name, first, size, due, size, true);
  }

  boolean has(int lead) {
    return lead >= first && lead < first + size;
  }

  /** Epoch milliseconds. */
  long due(int lead) {
    long place = lead - first;
    return due + (spread ? place * 1_000 / perSecond : place / perSecond * 1_000);
  }

  /** When the last of them are due, epoch milliseconds. */
  long ends() {
    return due(next() - 1);
  }

  /** The first lead behind these. */
  int next() {
    return first + size;
  }
}
