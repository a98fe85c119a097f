package io.voronka.gateway;

import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.gateway.http.BareServer;
import io.voronka.gateway.http.WebhookServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Runs a gateway until it is told to stop. */
public final class GatewayMain {
  private static final int USAGE = 2;
  private static final int FAILED = 1;
  private static final int RANDOM_BYTES = 10;

  private GatewayMain() {}

  public static void main(String[] arguments) throws Exception {
    GatewayConfig config;
    try {
      config = GatewayConfig.from(List.of(arguments), System::getenv);
    } catch (GatewayConfig.ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    try {
      run(config);
    } catch (IOException | WebhookServer.StartException e) {
      System.err.println("the gateway cannot start: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void run(GatewayConfig config) throws Exception {
    if (config.bare()) {
      int port = BareServer.start(config.http()).toCompletionStage().toCompletableFuture().get();
      announce(config, port);
      return;
    }
    SecureRandom random = new SecureRandom();
    byte[] run = new byte[RANDOM_BYTES];
    random.nextBytes(run);
    Gateway gateway =
        Gateway.start(
            config,
            new Gateway.Surroundings(
                Clock.systemUTC(),
                new RequestIds(run),
                random::nextLong,
                System::nanoTime,
                new Secrets(System::getenv)));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    gateway.close();
                  } catch (IOException | InterruptedException | RuntimeException e) {
                    LoggerFactory.getLogger(GatewayMain.class).error("no clean stop", e);
                  } finally {
                    stopped.countDown();
                  }
                },
                "stop"));
    announce(config, gateway.port());
    stopped.await();
  }

  private static void announce(GatewayConfig config, int port) throws IOException {
    if (config.portFile().isPresent()) {
      Path file = config.portFile().get();
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, Integer.toString(port));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    System.out.println("gateway ready on http://" + config.http().host() + ":" + port);
  }
}
