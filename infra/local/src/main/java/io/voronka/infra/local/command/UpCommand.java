package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.local.stack.StackException;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the local stack in the foreground until Ctrl-C. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Starts Kafka, PostgreSQL, a Flink session cluster, the sandbox, the gateway and the jobs, and stays in the"
            + " foreground. Ctrl-C takes a savepoint of each job and stops everything; the next up goes on from there.")
public final class UpCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  /** By then the start is over, and the classes that later starts will need are known. */
  private static final Duration CALM = Duration.ofMinutes(1);

  @Override
  public Integer call() throws InterruptedException {
    PrintStream out = System.out;
    StackSettings settings = options.settings();
    StackScreen screen = StackScreen.standard();
    LocalStack stack = new LocalStack(settings, screen);
    Thread hook = new Thread(() -> stopOnSignal(stack, screen, out), "stop-stack");
    Runtime.getRuntime().addShutdownHook(hook);
    out.println("voronka: starting on " + settings.data().toAbsolutePath().normalize());
    try {
      stack.start();
    } catch (StackException e) {
      if (e.reason() == StackException.Reason.STOPPED) {
        // The hook is at work and ends the process; what it interrupted is over.
        Thread.interrupted();
        new CountDownLatch(1).await();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
    screen.settle();
    printAddresses(out, stack.addresses(), settings.parts());
    out.println("voronka: up; Ctrl-C stops everything, with savepoints");
    out.flush();
    CountDownLatch never = new CountDownLatch(1);
    if (!never.await(CALM.toSeconds(), TimeUnit.SECONDS)) {
      stack.status().forEach(component -> stack.archiveClasses(component.name()));
    }
    never.await();
    return ExitCodes.OK;
  }

  private static void stopOnSignal(LocalStack stack, StackScreen screen, PrintStream out) {
    screen.settle();
    out.println();
    out.println("voronka: stopping");
    int code = ExitCodes.FAILED;
    try {
      List<String> failed = stack.stop();
      code = failed.isEmpty() ? ExitCodes.OK : ExitCodes.JOB_FAILED;
      out.println(
          failed.isEmpty()
              ? "voronka: stopped"
              : "voronka: stopped; without a savepoint, so that they go on from their newest checkpoint: "
                  + String.join(", ", failed));
    } finally {
      out.flush();
      // Asked to stop and stopped is a success, whatever the signal was.
      Runtime.getRuntime().halt(code);
    }
  }

  private static void printAddresses(PrintStream out, StackAddresses at, Set<Part> parts) {
    out.println();
    if (parts.contains(Part.GATEWAY)) {
      out.println("  gateway      " + at.gateway());
    }
    if (parts.contains(Part.FLINK)) {
      out.println("  Flink        " + at.flink());
    }
    if (parts.contains(Part.KAFKA)) {
      out.println("  Kafka        " + at.kafka());
    }
    if (parts.contains(Part.POSTGRES)) {
      out.println(
          "  PostgreSQL   %s  (user %s, password in %s)"
              .formatted(at.jdbcUrl(), at.databaseUser(), at.databasePasswordFile()));
    }
    if (parts.contains(Part.SANDBOX)) {
      out.println("  sandbox      " + at.sandbox());
    }
    out.println();
  }
}
