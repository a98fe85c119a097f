package io.voronka.jobs.kit;

/** Takes what was put off for a while, key by key. */
@FunctionalInterface
public interface KeyReceiver<T> {
  /**
   * @param key the operator's current one
   */
  void take(String key, T what) throws Exception;
}
