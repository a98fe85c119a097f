package io.voronka.gateway.testing;

import static org.awaitility.Awaitility.await;

import io.voronka.gateway.GatewayMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, to be killed. */
public final class GatewayProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private GatewayProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it listens. Its files, log included, are in the folder. */
  public static GatewayProcess start(Path folder, String bootstrapServers, String... more)
      throws IOException {
    Path portFile = folder.resolve("port");
    Files.deleteIfExists(portFile);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName()));
    command.addAll(List.of("--kafka.bootstrap-servers", bootstrapServers, "--host", "127.0.0.1"));
    command.addAll(
        List.of("--port", "0", "--port-file", portFile.toString(), "--event-loops", "2"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> Files.exists(portFile) || !process.isAlive());
    } finally {
      if (!Files.exists(portFile)) {
        process.destroyForcibly();
        System.err.println(Files.readString(folder.resolve("log")));
      }
    }
    return new GatewayProcess(process, Integer.parseInt(Files.readString(portFile)));
  }

  public int port() {
    return port;
  }

  /** Webhooks in the spool now. */
  public long spoolEntries() {
    return Long.parseLong(ready().replaceAll(".*\"spool_entries\":(\\d+).*", "$1"));
  }

  /** True when webhooks go straight to Kafka. */
  public boolean direct() {
    return ready().contains("\"mode\":\"direct\"");
  }

  /** True when the control topics have been read. */
  public boolean knowsItsAccounts() {
    return ready().contains("\"control_rows\":\"control-topics\"");
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As SIGTERM. Gives the exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private String ready() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
