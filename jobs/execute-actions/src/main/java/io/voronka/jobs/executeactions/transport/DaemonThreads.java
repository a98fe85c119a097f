package io.voronka.jobs.executeactions.transport;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Named threads that keep no JVM alive. */
public final class DaemonThreads implements ThreadFactory {
  private final String prefix;
  private final ClassLoader loader;
  private final AtomicInteger number = new AtomicInteger();

  public DaemonThreads(String prefix) {
    this(prefix, null);
  }

  /**
   * @param loader of their context; null: that of their maker
   */
  public DaemonThreads(String prefix, ClassLoader loader) {
    this.prefix = prefix;
    this.loader = loader;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, prefix + number.incrementAndGet());
    thread.setDaemon(true);
    if (loader != null) {
      thread.setContextClassLoader(loader);
    }
    return thread;
  }
}
