package io.voronka.connectors.crm.kommo.rest;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What waits for tokens. Those that wait for the vendor are apart from those that look up, for a
 * vendor may take half a minute to not answer. All end when they had nothing to do for a while.
 */
final class TokenThreads implements AutoCloseable {
  private static final int LOOKUPS = 2;

  /**
   * Fewer accounts whose vendor does not answer, all at once and for the first time, keep no other
   * from being refreshed. Each holds a connection to the store.
   */
  private static final int REFRESHES = 24;

  /** Those that failed the last time keep only each other waiting, however many they are. */
  private static final int REPEATS = 8;

  private final ExecutorService lookups = threads(LOOKUPS, "crm-tokens");
  private final ExecutorService refreshes = threads(REFRESHES, "crm-refresh");
  private final ExecutorService repeats = threads(REPEATS, "crm-refresh-again");

  Executor lookups() {
    return lookups;
  }

  Executor refreshes() {
    return refreshes;
  }

  Executor repeats() {
    return repeats;
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    refreshes.shutdownNow();
    repeats.shutdownNow();
  }

  private static ExecutorService threads(int most, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
