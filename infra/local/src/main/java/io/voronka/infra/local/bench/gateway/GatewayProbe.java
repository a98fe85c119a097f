package io.voronka.infra.local.bench.gateway;

import io.voronka.infra.local.process.Polling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the gateway tells of itself. */
final class GatewayProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param admin base address of its management port
   */
  GatewayProbe(String admin) {
    this.admin = admin;
  }

  /**
   * Waits until it has read the control rows and writes straight to Kafka.
   *
   * @throws IllegalStateException when it does not within 30 s
   */
  void awaitDirect(int accounts) {
    boolean ready =
        Polling.until(
            PATIENCE,
            Duration.ofMillis(100),
            () -> metric("accounts") == accounts && metric("direct") == 1);
    if (!ready) {
      throw new IllegalStateException(
          "the gateway does not know the accounts, or does not write to Kafka, after 30 s");
    }
  }

  /** How often it had to spool because Kafka was slow or away, its start not counted. */
  double spoolings() throws IOException, InterruptedException {
    return metric("spool_begun_total");
  }

  private double metric(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(admin + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    String text = http.send(request, BodyHandlers.ofString()).body();
    Matcher line =
        Pattern.compile("(?m)^voronka_gateway_" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(text);
    if (!line.find()) {
      throw new IllegalStateException("the gateway does not tell " + name);
    }
    return Double.parseDouble(line.group(1));
  }
}
