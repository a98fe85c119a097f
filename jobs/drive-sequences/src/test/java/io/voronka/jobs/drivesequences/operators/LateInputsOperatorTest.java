package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.command;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CommandKind;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A job that is behind takes what it has read lead by lead, as their state lies. */
class LateInputsOperatorTest {
  private static final long MINUTE = 60_000;
  private static final int LEADS = 5;

  private static DriveHarness behind() throws Exception {
    return DriveHarness.fresh()
        .clock(T0 + MINUTE)
        .control(whole(tenant(), sequence(1, 0, WELCOME)))
        .time(T0 - 1);
  }

  private static DriveHarness read(DriveHarness job) throws Exception {
    for (int lead = 0; lead < LEADS; lead++) {
      job.event(event(EventKind.LEAD_CREATED, "L" + lead, T0 + lead));
    }
    for (int lead = 0; lead < LEADS; lead++) {
      job.command(command(CommandKind.CANCEL, "L" + lead, "c" + lead, T0 + 100));
    }
    return job;
  }

  private static void check(List<SequenceProgressed> told) {
    assertThat(told).hasSize(3 * LEADS);
    for (int i = 0; i < told.size(); i += 3) {
      assertThat(told.subList(i, i + 3))
          .extracting(SequenceProgressed::getSubjectId)
          .containsOnly(told.get(i).getSubjectId());
      assertThat(told.get(i + 2).getReason()).isEqualTo("cancelled");
    }
  }

  @Test
  void eachLeadsInputsAreTakenTogetherAndInTheirOrder() throws Exception {
    try (DriveHarness job = read(behind())) {
      assertThat(job.progress()).as("they wait for each other").isEmpty();
      check(job.clock(T0 + MINUTE + 200).progress());
    }
  }

  @Test
  void noneWaitsPastACheckpointAWatermarkOrAControlRecord() throws Exception {
    try (DriveHarness job = read(behind())) {
      OperatorSubtaskState state = job.snapshot(1);
      check(job.progress());
      try (DriveHarness restored = DriveHarness.restored(state)) {
        restored.control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 + MINUTE);
        assertThat(restored.progress()).isEmpty();
      }
    }
    try (DriveHarness job = read(behind())) {
      check(job.time(T0).progress());
    }
    try (DriveHarness job = read(behind())) {
      check(job.control(List.of(sequence(2, T0 + MINUTE, WELCOME))).progress());
    }
  }

  @Test
  void whatIsNotLateIsTakenAtOnceBehindAllThatWaits() throws Exception {
    try (DriveHarness job = read(behind())) {
      job.event(event(EventKind.LEAD_CREATED, "now", T0 + MINUTE));
      assertThat(job.progress()).hasSize(3 * LEADS + 2);
      assertThat(job.told()).endsWith("entered(hello)", "requested(hello)");
    }
  }
}
