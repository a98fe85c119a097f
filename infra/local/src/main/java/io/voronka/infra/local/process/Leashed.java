package io.voronka.infra.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The main class of every child JVM: {@code Leashed <real main class> <arguments...>}.
 *
 * <p>The launcher holds the other end of standard input. When the launcher is gone, however it
 * went, the kernel closes that pipe and this JVM halts. That is why {@code kill -9} of the launcher
 * leaves no orphans. It has no dependency on anything, since it runs at the end of foreign class
 * paths.
 */
public final class Leashed {

  /** What the process answers when it ended because its launcher did. */
  public static final int LAUNCHER_GONE = 86;

  /**
   * System property: how many milliseconds the shutdown hooks get when the launcher is gone;
   * default 0, none at all.
   */
  public static final String GRACE_PROPERTY = "voronka.leash.grace.millis";

  private Leashed() {}

  /** Takes the leash, then runs the real main class in this thread. */
  public static void main(String[] args) throws Throwable {
    if (args.length == 0) {
      throw new IllegalArgumentException("usage: Leashed <main class> <arguments...>");
    }
    hold(Long.getLong(GRACE_PROPERTY, 0));
    Class<?> real = Class.forName(args[0]);
    try {
      real.getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void hold(long graceMillis) {
    daemon(
        "leash",
        () -> {
          drain(System.in);
          if (graceMillis > 0) {
            daemon("leash-exit", () -> System.exit(LAUNCHER_GONE));
            rest(graceMillis);
          }
          // Not exit(): shutdown hooks could wait for parts that are already gone.
          Runtime.getRuntime().halt(LAUNCHER_GONE);
        });
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void rest(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void drain(InputStream in) {
    byte[] nothing = new byte[64];
    try {
      while (in.read(nothing) >= 0) {
        // Nobody writes to us: only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe is an end as well.
      return;
    }
  }
}
