package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.testing.PipelineFixture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's pipeline between feeds and recorders, which are called as its streams are. */
final class TestPipeline {
  static final EvaluateRulesConfig CONFIG =
      EvaluateRulesConfig.from(JobArguments.of("--kafka.bootstrap-servers", "127.0.0.1:1"));

  private TestPipeline() {}

  static StreamExecutionEnvironment of(PipelineFixture flink) {
    StreamExecutionEnvironment env = flink.environment();
    EvaluateRulesPipeline.assemble(
        new EvaluateRulesInputs(
            flink.source(env, "events", TypeInformation.of(RawRecord.class)),
            flink.sourceFromStart(env, "control", TypeInformation.of(ControlUpdate.class))),
        new EvaluateRulesOutputs(
            flink.recorder("decided"),
            flink.recorder("actions"),
            flink.recorder("granted"),
            flink.recorder("granted-actions"),
            flink.recorder("commands"),
            flink.recorder("quarantined"),
            flink.recorder("alerts"),
            flink.recorder("rejected")),
        CONFIG);
    return env;
  }
}
