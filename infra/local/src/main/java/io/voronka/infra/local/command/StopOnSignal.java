package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.LocalStack;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * While it is open, Ctrl-C ends the stack before it ends the process. What the interrupted command
 * then runs into is no news: closing waits for the end instead of letting it out.
 */
final class StopOnSignal implements AutoCloseable {

  private final Thread hook;

  private StopOnSignal(Thread hook) {
    this.hook = hook;
  }

  /** For a stack that nobody goes on from. */
  static StopOnSignal discarding(LocalStack stack, PrintStream out) {
    Thread hook =
        new Thread(
            () -> {
              out.println();
              out.println("voronka: interrupted; stopping");
              stack.discard();
              out.println("voronka: stopped");
              out.flush();
            },
            "stop-stack");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopOnSignal(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending.
      awaitTheEnd();
    }
  }

  /** Does not return: the hook interrupts whoever starts a stack, which is no reason to go on. */
  private static void awaitTheEnd() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.interrupted();
      }
    }
  }
}
