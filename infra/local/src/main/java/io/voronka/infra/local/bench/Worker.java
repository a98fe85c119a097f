package io.voronka.infra.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.process.JavaCommand;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that does what it is told, one line of JSON at a time; see {@link WorkerMain}.
 * Its standard input is its leash: when this process is gone, it ends. Belongs to one thread.
 */
public final class Worker implements AutoCloseable {
  private static final long GRACE_SECONDS = 5;

  private final String name;
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Worker(String name, Process process) {
    this.name = name;
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one with this JVM's own class path.
   *
   * @param heapMb largest heap, MiB
   * @param main runs a {@link WorkerMain}
   * @param logs folder of {@code <name>.log}
   */
  public static Worker start(String name, int heapMb, Class<?> main, Path logs) throws IOException {
    Files.createDirectories(logs);
    List<String> line =
        List.of(
            JavaCommand.javaBinary().toString(),
            "-Xmx" + heapMb + "m",
            "-Xms" + heapMb + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.net.preferIPv4Stack=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile()));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return new Worker(name, builder.start());
  }

  /** The operating system's id of the process. */
  public long pid() {
    return process.pid();
  }

  /**
   * Gives one order and waits for the answer.
   *
   * @throws IllegalStateException when the worker failed or ended; its log says why
   */
  public <T> T call(Object order, Class<T> answer) {
    try {
      orders.write(json.writeValueAsString(order));
      orders.newLine();
      orders.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the " + name + " process ended");
      }
      JsonNode node = json.readTree(line);
      if (node.has(WorkerMain.FAILURE)) {
        throw new IllegalStateException(
            "the " + name + " process failed: " + node.get(WorkerMain.FAILURE).asText());
      }
      return json.treeToValue(node, answer);
    } catch (IOException e) {
      throw new UncheckedIOException("the " + name + " process does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
