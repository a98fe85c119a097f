package io.voronka.gateway.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.InMemoryLog.Weather;
import io.voronka.gateway.testing.ManualClock;
import io.voronka.gateway.testing.OutboxFixture;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicksTest {
  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();
  private final ManualClock time = new ManualClock(5_000);

  @Test
  void goToEveryPartitionWithTheGatewaysTime() throws Exception {
    try (OutboxFixture gateway = start()) {
      await().until(() -> log.ticks().size() >= 2 * InMemoryLog.PARTITIONS);

      List<OutgoingRecord> round = log.ticks().subList(0, InMemoryLog.PARTITIONS);
      assertThat(round).extracting(OutgoingRecord::partition).containsExactly(0, 1, 2);
      assertThat(round)
          .allSatisfy(
              tick -> {
                assertThat(tick.topic()).isEqualTo(Topics.CRM_EVENTS);
                assertThat(tick.key()).isNull();
                assertThat(tick.timestamp()).isEqualTo(5_000);
                CrmEvent event = RecordCodec.of(CrmEvent.class).decode(tick.value());
                assertThat(event.getKind()).isEqualTo(EventKind.TICK);
                assertThat(event.getTenantId()).isEmpty();
                assertThat(event.getReceivedAt()).isEqualTo(5_000);
                assertThat(event.getGatewayId()).isEqualTo("gateway-test");
              });
      assertThat(gateway.counter("ticks")).isPositive();
    }
  }

  @Test
  void goJustAfterEachWholePeriod() {
    assertThat(Ticks.untilNext(5_000, 250)).isEqualTo(1);
    assertThat(Ticks.untilNext(5_001, 250)).isEqualTo(250);
    assertThat(Ticks.untilNext(5_003, 250)).isEqualTo(248);
    assertThat(Ticks.untilNext(5_250, 250)).isEqualTo(1);
    assertThat(Ticks.untilNext(5_999, 250)).isEqualTo(2);
  }

  @Test
  void areNotSentWhileSomethingWaitsInTheSpool() throws Exception {
    try (OutboxFixture gateway = start()) {
      await().until(() -> !log.ticks().isEmpty());
      log.weather(Weather.AWAY);
      log.weather(Weather.FAILING);
      gateway.submit("k", "spooled").join();
      log.weather(Weather.AWAY);
      await().until(() -> gateway.outbox.mode() == Outbox.Mode.SPOOLING);
      int before = log.ticks().size();
      time.advance(60_000);
      // Several periods of ticks.
      await().during(Duration.ofMillis(150)).until(() -> log.ticks().size() == before);

      log.weather(Weather.FAIR);
      await().until(() -> log.ticks().size() > before);

      List<OutgoingRecord> all = log.all();
      int event = indexOfEvent(all);
      assertThat(all.subList(0, event)).allMatch(record -> record.timestamp() <= 5_000);
      assertThat(all.get(all.size() - 1).timestamp()).isEqualTo(65_000);
    }
  }

  @Test
  void aSilentLogIsNoticedWithoutAnyWebhook() throws Exception {
    try (OutboxFixture gateway = start()) {
      await().until(() -> gateway.outbox.mode() == Outbox.Mode.DIRECT);
      log.weather(Weather.SILENT);
      await().until(() -> gateway.counter("spool.begun") >= 1);
      assertThat(gateway.spool.empty()).as("ticks are not worth keeping").isTrue();
    }
  }

  @Test
  void neverOvertakeAStampWhoseRecordsAreNotSentYet() {
    ArrivalClock clock = new ArrivalClock(time);
    ArrivalClock.Stamper one = clock.stamper();
    ArrivalClock.Stamper other = clock.stamper();

    assertThat(one.stamp()).isEqualTo(5_000);
    time.advance(10);
    assertThat(other.stamp()).isEqualTo(5_010);
    time.advance(10);
    assertThat(clock.tickTime()).isEqualTo(5_000);
    one.submitted();
    assertThat(clock.tickTime()).isEqualTo(5_010);
    other.submitted();
    assertThat(clock.tickTime()).isEqualTo(5_020);
  }

  @Test
  void neverOvertakeTheFirstOfSeveralStampsThatGoTogether() {
    ArrivalClock clock = new ArrivalClock(time);
    ArrivalClock.Stamper stamper = clock.stamper();

    assertThat(stamper.stamp()).isEqualTo(5_000);
    time.advance(10);
    assertThat(stamper.stamp()).isEqualTo(5_010);
    time.advance(10);
    assertThat(clock.tickTime()).isEqualTo(5_000);
    stamper.submitted();
    assertThat(clock.tickTime()).isEqualTo(5_020);
    assertThat(stamper.stamp()).isEqualTo(5_020);
    time.advance(10);
    assertThat(clock.tickTime()).isEqualTo(5_020);
  }

  @Test
  void neverOvertakeAStampUnderRacingThreads() throws Exception {
    ArrivalClock clock = new ArrivalClock(Clock.systemUTC());
    ArrivalClock.Stamper stamper = clock.stamper();
    long[] promised = {0};
    CountDownLatch done = new CountDownLatch(1);
    Thread ticker =
        new Thread(
            () -> {
              while (done.getCount() > 0) {
                long tick = clock.tickTime();
                synchronized (promised) {
                  promised[0] = Math.max(promised[0], tick);
                }
              }
            });
    ticker.start();
    for (int i = 0; i < 200_000; i++) {
      long before;
      synchronized (promised) {
        before = promised[0];
      }
      assertThat(stamper.stamp()).isGreaterThanOrEqualTo(before);
      stamper.submitted();
    }
    done.countDown();
    ticker.join();
  }

  private OutboxFixture start() throws Exception {
    return OutboxFixture.start(directory, log, new Accounts(), time, 1 << 20);
  }

  private static int indexOfEvent(List<OutgoingRecord> all) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).partition() == null) {
        return i;
      }
    }
    throw new AssertionError("no event among " + all.size());
  }
}
