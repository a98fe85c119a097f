package io.voronka.jobs.executeactions;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.ActionProgress;
import io.voronka.jobs.executeactions.operators.TargetInput;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.testing.StreamTypes;
import io.voronka.jobs.kit.testing.UidGolden;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.UsageEvent;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What savepoints hang on: uids and types. */
final class ExecuteActionsGraphTest {

  @Test
  void uidsAreThoseThatSavepointsKnow() throws Exception {
    ExecuteActionsConfig config = ExecuteActionsConfig.from("--kafka.bootstrap-servers", "none:0");
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    ExecuteActionsPipeline.assemble(
        ExecuteActionsInputs.kafka(env, config.job()),
        ExecuteActionsOutputs.kafka(config.job().kafka()),
        config.world(),
        config.executor());

    UidGolden.assertMatches(env, Path.of("uids.txt"));
  }

  @Test
  void nothingOnStreamsOrInStateNeedsKryo() {
    StreamTypes.assertNoKryo(ActionProgress.class, ControlUpdate.class, TargetInput.class);
    StreamTypes.assertNoKryo(RecordTypes.of(ActionRequested.class));
    StreamTypes.assertNoKryo(RecordTypes.of(ActionCompleted.class));
    StreamTypes.assertNoKryo(RecordTypes.of(UsageEvent.class));
  }
}
