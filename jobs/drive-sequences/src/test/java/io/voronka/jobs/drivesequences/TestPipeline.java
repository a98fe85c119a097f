package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's pipeline between feeds and recorders, which are called as its streams are. */
final class TestPipeline {
  static final DriveSequencesConfig CONFIG =
      DriveSequencesConfig.from(JobArguments.of("--kafka.bootstrap-servers", "127.0.0.1:1"));

  private TestPipeline() {}

  static StreamExecutionEnvironment of(PipelineFixture flink, int subtasks) {
    StreamExecutionEnvironment env = flink.environment();
    // Before the first step is added: each takes it then.
    env.setParallelism(subtasks);
    TypeInformation<RawRecord> raw = TypeInformation.of(RawRecord.class);
    DriveSequencesPipeline.assemble(
        new DriveSequencesInputs(
            flink.source(env, "events", raw),
            flink.sourceFromStart(env, "outcomes", raw),
            flink.sourceFromStart(env, "commands", raw),
            flink.sourceFromStart(env, "requests", raw),
            flink.sourceFromStart(env, "control", TypeInformation.of(ControlUpdate.class))),
        new DriveSequencesOutputs(
            flink.recorder("progress"),
            flink.recorder("actions"),
            flink.recorder("withdrawals"),
            flink.recorder("rejected")),
        CONFIG);
    return env;
  }

  /** Starts it with one sequence, in force from the beginning of time. */
  static void begin(PipelineFixture flink, StreamExecutionEnvironment env, String definition)
      throws Exception {
    flink.start(env);
    Feed<ControlUpdate> control = flink.feed("control");
    for (ControlUpdate update :
        Records.whole(Records.tenant(), Records.sequence(1, 0, definition))) {
      control.emit(0, update);
    }
    control.lastWatermark();
    flink.<RawRecord>feed("outcomes").lastWatermark();
    flink.<RawRecord>feed("commands").lastWatermark();
    flink.<RawRecord>feed("requests").lastWatermark();
  }
}
