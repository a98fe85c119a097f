package io.voronka.gateway.deliver;

import static io.voronka.gateway.testing.OutboxFixture.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.InMemoryLog.Weather;
import io.voronka.gateway.testing.ManualClock;
import io.voronka.gateway.testing.OutboxFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();

  @Test
  void goesStraightToTheLogWhileItAnswers() throws Exception {
    try (OutboxFixture gateway = direct()) {
      assertThat(gateway.submit("k", "one").join()).isEmpty();

      assertThat(names(log.events())).containsExactly("one");
      assertThat(gateway.spool.empty()).isTrue();
      assertThat(gateway.counter("spool.appended")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Weather.class,
      names = {"SILENT", "DEAF", "FAILING", "THROWING"})
  void answersFromTheSpoolWhenTheLogFailsInTheMiddle(Weather weather) throws Exception {
    try (OutboxFixture gateway = direct()) {
      log.weather(weather);
      List<CompletableFuture<Optional<Refusal>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(gateway.submit("k", "event " + i));
      }
      answers.forEach(answer -> assertThat(answer.orTimeout(1, TimeUnit.SECONDS).join()).isEmpty());
      log.weather(Weather.FAIR);
      await().until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
      gateway.submit("k", "last").join();

      List<String> expected =
          new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> "event " + i).toList());
      expected.add("last");
      assertThat(new LinkedHashSet<>(names(log.events()))).containsExactlyElementsOf(expected);
      assertThat(gateway.counter("spool.appended")).isPositive();
    }
  }

  @Test
  void queuesBehindTheSpoolWhileItIsNotEmpty() throws Exception {
    log.weather(Weather.AWAY);
    try (OutboxFixture gateway = OutboxFixture.start(directory, log)) {
      for (int i = 0; i < 100; i++) {
        assertThat(gateway.submit("k", "spooled " + i).join()).isEmpty();
      }
      assertThat(gateway.spool.entries()).isEqualTo(100);
      assertThat(log.all()).isEmpty();

      log.weather(Weather.FAIR);
      for (int i = 0; i < 100; i++) {
        assertThat(gateway.submit("k", "later " + i).join()).isEmpty();
      }
      await().until(() -> names(log.events()).size() == 200);

      List<String> expected =
          new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> "spooled " + i).toList());
      IntStream.range(0, 100).forEach(i -> expected.add("later " + i));
      assertThat(names(log.events())).isEqualTo(expected);
      await().until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsTheOrderOfEverySubjectAndLosesNothingInChangingWeather(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<String>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    AtomicBoolean enough = new AtomicBoolean();
    List<Optional<Refusal>> refusals = Collections.synchronizedList(new ArrayList<>());
    try (OutboxFixture gateway = OutboxFixture.start(directory, log)) {
      List<Thread> senders = new ArrayList<>();
      for (int sender = 0; sender < 3; sender++) {
        String key = "subject-" + sender;
        List<String> mine = sent.get(sender);
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; !enough.get(); i++) {
                    String name = key + " " + i;
                    mine.add(name);
                    Optional<Refusal> answer = gateway.submit(key, name).join();
                    if (answer.isPresent()) {
                      refusals.add(answer);
                    }
                  }
                });
        thread.start();
        senders.add(thread);
      }
      for (int change = 0; change < 12; change++) {
        log.weather(Weather.FAIR);
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
        log.weather(Weather.values()[1 + random.nextInt(Weather.values().length - 1)]);
        await()
            .pollInterval(Duration.ofMillis(1))
            .during(Duration.ofMillis(1 + random.nextInt(40)))
            .until(() -> true);
      }
      enough.set(true);
      for (Thread thread : senders) {
        thread.join();
      }
      assertThat(refusals).isEmpty();
      log.weather(Weather.FAIR);
      await().until(() -> gateway.spool.empty() && gateway.outbox.mode() == Outbox.Mode.DIRECT);
      for (int sender = 0; sender < 3; sender++) {
        String key = "subject-" + sender;
        List<OutgoingRecord> ofKey =
            log.events().stream().filter(record -> key.equals(record.key())).toList();
        assertThat(new LinkedHashSet<>(names(ofKey))).containsExactlyElementsOf(sent.get(sender));
      }
      assertThat(gateway.counter("spool.appended")).as("weather was bad at times").isPositive();
      assertThat(gateway.registry.get("voronka.gateway.acknowledgement").timer().count())
          .as("weather was good at times")
          .isPositive();
    }
  }

  @Test
  void drainsWhatAnEarlierRunLeft() throws Exception {
    log.weather(Weather.AWAY);
    try (OutboxFixture gateway = OutboxFixture.start(directory, log)) {
      IntStream.range(0, 50).forEach(i -> gateway.submit("k", "event " + i).join());
    }
    log.weather(Weather.FAIR);
    try (OutboxFixture gateway = direct()) {
      assertThat(names(log.events()))
          .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "event " + i).toList());
      assertThat(gateway.counter("spool.drained")).isEqualTo(50);
    }
  }

  @Test
  void refusesWhenLogAndSpoolAreFull() throws Exception {
    log.weather(Weather.AWAY);
    try (OutboxFixture gateway =
        OutboxFixture.start(directory, log, new Accounts(), new ManualClock(0), 1000)) {
      List<Optional<Refusal>> answers =
          IntStream.range(0, 30).mapToObj(i -> gateway.submit("k", "event " + i).join()).toList();
      assertThat(answers.get(0)).isEmpty();
      assertThat(answers.get(29)).contains(Refusal.SPOOL_FULL);
      long taken = answers.stream().filter(Optional::isEmpty).count();

      log.weather(Weather.FAIR);
      await().until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
      assertThat(names(log.events())).hasSize((int) taken);
    }
  }

  @Test
  void putsAsideTheOneRecordThatTheLogNeverTakes() throws Exception {
    try (OutboxFixture gateway = direct()) {
      log.poison("bad");
      List<CompletableFuture<Optional<Refusal>>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(gateway.submit(i == 5 ? "bad" : "good", "event " + i));
      }
      answers.forEach(answer -> assertThat(answer.join()).isEmpty());
      await().until(() -> gateway.spool.empty() && gateway.outbox.mode() == Outbox.Mode.DIRECT);

      assertThat(new LinkedHashSet<>(names(log.events())))
          .hasSize(9)
          .doesNotContain("event 5")
          .contains("event 9");
      assertThat(gateway.counter("spool.set.aside")).isEqualTo(1);
      assertThat(directory.resolve("set-aside")).isNotEmptyFile();
    }
  }

  @Test
  void stopsWithoutLosingWhatIsInFlight() throws Exception {
    OutboxFixture gateway = direct();
    log.weather(Weather.SILENT);
    CompletableFuture<Optional<Refusal>> pending = gateway.submit("k", "in flight");
    gateway.drain.stop(Duration.ofMillis(20));
    assertThat(pending.join()).isEmpty();
    assertThat(gateway.submit("k", "too late").join()).contains(Refusal.STOPPING);
    gateway.close();

    log.weather(Weather.FAIR);
    try (OutboxFixture next = direct()) {
      assertThat(names(log.events())).containsExactly("in flight");
      assertThat(next.spool.empty()).isTrue();
    }
  }

  private OutboxFixture direct() throws Exception {
    OutboxFixture gateway = OutboxFixture.start(directory, log);
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
    return gateway;
  }
}
