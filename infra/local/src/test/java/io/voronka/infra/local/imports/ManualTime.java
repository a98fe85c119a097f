package io.voronka.infra.local.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody rests by it. */
final class ManualTime extends Clock implements PatientReads.Rest {
  static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private final List<Duration> rests = new ArrayList<>();
  private Instant now = START;

  @Override
  public void pause(Duration time) {
    rests.add(time);
    now = now.plus(time);
  }

  List<Duration> rests() {
    return rests;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
