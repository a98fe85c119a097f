package io.voronka.infra.local.bench.gateway;

import io.voronka.infra.local.process.ChildProcess;
import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The gateway's HTTP server without the gateway: reads each body and answers 200. */
final class BareServerProcess implements AutoCloseable {
  private static final String MAIN = "io.voronka.gateway.GatewayMain";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final ChildProcess process;
  private final int port;

  private BareServerProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits for its port.
   *
   * @param heapMb as the gateway's
   * @param folder for its port file and its log
   */
  static BareServerProcess start(int eventLoops, int heapMb, Path folder) throws IOException {
    Path portFile = folder.resolve("bare-server.port");
    Files.deleteIfExists(portFile);
    JavaCommand command =
        new JavaCommand(
                heapMb,
                List.of("-XX:+UseSerialGC"),
                List.of(SourceTree.find().jar("ingest-gateway", "app")),
                MAIN,
                List.of(
                    "--bare", "true",
                    "--host", "127.0.0.1",
                    "--port", "0",
                    "--port-file", portFile.toString(),
                    "--event-loops", Integer.toString(eventLoops)))
            .passingOn();
    ChildProcess process =
        ChildProcess.start(command.line(), Map.of(), folder, folder.resolve("bare-server.out"));
    boolean listening =
        Polling.until(
            START_LIMIT, Duration.ofMillis(50), () -> Files.exists(portFile) || !process.alive());
    if (!listening || !process.alive()) {
      process.kill();
      throw new IOException(
          "the bare HTTP server does not start; see " + folder.resolve("bare-server.out"));
    }
    return new BareServerProcess(process, Integer.parseInt(Files.readString(portFile).strip()));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.stop(STOP_LIMIT);
  }
}
