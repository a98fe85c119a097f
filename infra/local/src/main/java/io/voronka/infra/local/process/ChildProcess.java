package io.voronka.infra.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One running child. Its standard input stays open for as long as this process lives: that is its
 * leash.
 */
public final class ChildProcess {

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a child in a session of its own, so that Ctrl-C in the launcher's terminal reaches the
   * launcher only.
   *
   * @param command what to run
   * @param environment variables added to the launcher's own
   * @param directory working directory
   * @param output file that standard output and standard error are appended to
   * @throws IOException when the process cannot be created
   */
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, Path directory, Path output)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add("setsid");
    line.addAll(command);
    Files.createDirectories(directory);
    Files.createDirectories(output.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    // Options meant for the launcher must not leak into the parts.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return new ChildProcess(builder.start());
  }

  /** The operating system's id of the child. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Its exit code; only once it has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Completes with the exit code when it ends. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Waits until it ends; false when it did not within the time. */
  public boolean awaitEnd(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks it to end (SIGTERM) and, when the time is up, ends it (SIGKILL). */
  public void stop(Duration grace) {
    process.destroy();
    try {
      if (!awaitEnd(grace)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it at once (SIGKILL) and waits until the kernel has it. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
