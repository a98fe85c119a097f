package io.voronka.infra.sandbox;

import static io.voronka.infra.sandbox.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.testing.RecordingReceiver;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, really killed while it is being written to. */
class KilledSandboxIT {
  private static final int WRITERS = 2;

  @TempDir Path data;
  private final RecordingReceiver receiver = new RecordingReceiver();
  private Process process;

  @AfterEach
  void close() {
    receiver.close();
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void whatWasAnsweredIsInTheBooksAfterAKill() throws Exception {
    SandboxClient client = start();
    client.openAccount(
        SandboxWorld.account(31337001, "acme").with(new Limits(100_000, 1, 50, 60, 60)));
    client.kommo("acme").subscribe(receiver.address(), List.of("note_lead", "status_lead"));
    long lead =
        client
            .kommo("acme")
            .createLeadSilently("Lead", SandboxWorld.PIPELINE, SandboxWorld.FIRST_STAGE);
    client.startLoad(LoadSpec.moves("run", 20, 40));

    Set<String> answered = ConcurrentHashMap.newKeySet();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger marks = new AtomicInteger();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    String base = client.kommo("acme").apiBase();
    for (int i = 0; i < WRITERS; i++) {
      writers.execute(() -> writeNotes(base, lead, stop, marks, answered));
    }
    await().until(() -> answered.size() >= 40 && client.load("run").made() >= 5);
    process.destroyForcibly().waitFor();
    stop.set(true);
    writers.shutdown();
    assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    SandboxClient again = start();

    List<String> inLedger =
        again.allLedger(0, Map.of("kind", "add_note")).stream()
            .map(l -> l.body().at("/0/params/text").asText())
            .toList();
    List<String> inAccount = new ArrayList<>();
    again
        .kommo("acme")
        .lead(lead)
        .path("notes")
        .forEach(n -> inAccount.add(n.at("/params/text").asText()));
    assertThat(inLedger).containsAll(answered).doesNotHaveDuplicates();
    assertThat(inAccount).containsExactlyInAnyOrderElementsOf(inLedger);
    await().until(() -> again.load("run").done());
    // What timed out on a busy machine is told by its retry.
    await()
        .until(
            () -> {
              again.advance(Duration.ofMinutes(5));
              return again.health().path("deliveries_in_flight").asInt() == 0
                  && again.health().path("deliveries_waiting").asInt() == 0;
            });
    Set<String> told = new HashSet<>();
    receiver
        .received()
        .forEach(r -> told.add(r.form().getOrDefault("leads[note][0][note][text]", "")));
    assertThat(told).as("each note was told at least once").containsAll(inLedger);
    assertThat(again.allLedger(0, Map.of("side", "load"))).hasSize(40);
  }

  private SandboxClient start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName(),
                "--data",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(line).startsWith("sandbox ready on http://127.0.0.1:");
    assertThat(line).endsWith(":" + Files.readString(data.resolve("sandbox.port")).trim());
    return new SandboxClient(line.substring("sandbox ready on ".length()));
  }

  private static void writeNotes(
      String base, long lead, AtomicBoolean stop, AtomicInteger marks, Set<String> answered) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (!stop.get()) {
      String mark = "note-" + marks.incrementAndGet();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/api/v4/leads/" + lead + "/notes"))
              .header("Authorization", "Bearer " + SandboxWorld.ACCESS)
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(10))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "[{\"note_type\":\"common\",\"params\":{\"text\":\"" + mark + "\"}}]"))
              .build();
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          answered.add(mark);
        }
      } catch (IOException killed) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
