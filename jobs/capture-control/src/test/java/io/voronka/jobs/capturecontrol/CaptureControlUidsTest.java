package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.connectors.changecapture.RowChange;
import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.jobs.capturecontrol.domain.PublishedControl;
import io.voronka.jobs.capturecontrol.domain.RowKey;
import io.voronka.jobs.capturecontrol.operators.CaptureProgress;
import io.voronka.jobs.capturecontrol.operators.ReconcileControlRows;
import io.voronka.jobs.capturecontrol.postgres.PostgresHeartbeats;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.testing.StreamTypes;
import io.voronka.jobs.kit.testing.UidGolden;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class CaptureControlUidsTest {

  @Test
  void uidsAreThoseThatStateIsBoundTo() throws IOException {
    CaptureControlConfig config =
        CaptureControlConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers", "kafka:1",
                "--postgres.host", "db",
                "--postgres.database", "control",
                "--postgres.user", "voronka",
                "--postgres.password", "env:SECRET"));
    CaptureSettings capture = config.capture(name -> "unused");
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());

    CaptureControlPipeline.assemble(
        CaptureControlInputs.of(env, capture, "submission"),
        CaptureControlOutputs.to(config.job().kafka()),
        new CaptureControlPipeline.Settings(
            config.slot(),
            config.job().name(),
            new ReconcileControlRows.Settings(
                "submission",
                config.heartbeatInterval(),
                PublishedControl::new,
                () -> PostgresHeartbeats.of(capture))));

    UidGolden.assertMatches(env, Path.of("uids.txt"));
  }

  @Test
  void noTypeNeedsKryo() {
    StreamTypes.assertNoKryo(
        RowChange.class,
        CapturedRow.class,
        ControlWrite.class,
        RowKey.class,
        CaptureProgress.class);
  }
}
