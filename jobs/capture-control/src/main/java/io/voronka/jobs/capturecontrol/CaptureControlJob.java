package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.jobs.capturecontrol.operators.ReconcileControlRows;
import io.voronka.jobs.capturecontrol.postgres.PostgresHeartbeats;
import io.voronka.jobs.capturecontrol.topics.ControlTopicsAtStart;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import java.util.UUID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Turns the control tables into the control topics. */
public final class CaptureControlJob {
  private CaptureControlJob() {}

  public static void main(String[] args) throws Exception {
    CaptureControlConfig config = CaptureControlConfig.from(JobArguments.of(args));
    CaptureSettings capture = config.capture(System::getenv);
    // Made anew at each submission and kept in the job graph through its recoveries.
    String submission = UUID.randomUUID().toString();

    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    env.setParallelism(1);
    CaptureControlPipeline.assemble(
        CaptureControlInputs.of(env, capture, submission),
        CaptureControlOutputs.to(config.job().kafka()),
        new CaptureControlPipeline.Settings(
            config.slot(),
            config.job().name(),
            new ReconcileControlRows.Settings(
                submission,
                config.heartbeatInterval(),
                new ControlTopicsAtStart(config.job().kafka()),
                () -> PostgresHeartbeats.of(capture))));
    JobEnvironment.run(env, config.job(), System.out);
  }
}
