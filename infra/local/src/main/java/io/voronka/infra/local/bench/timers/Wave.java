package io.voronka.infra.local.bench.timers;

/**
 * Some leads that are waited for.
 *
 * @param first number of the first lead
 * @param size how many leads
 * @param due of the first, a whole second in epoch milliseconds
 * @param perSecond how many are due at each second
 */
record Wave(String name, int first, int size, long due, int perSecond) {

  boolean has(int lead) {
    return lead >= first && lead < first + size;
  }

  /** Epoch milliseconds. */
  long due(int lead) {
    return due + (lead - first) / perSecond * 1_000L;
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
