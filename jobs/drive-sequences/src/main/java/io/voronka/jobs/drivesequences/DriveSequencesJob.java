package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlStream;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.jobs.drivesequences.domain.SequencesInForce;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Main class of the job. */
public final class DriveSequencesJob {
  private DriveSequencesJob() {}

  public static void main(String[] args) throws Exception {
    DriveSequencesConfig config = DriveSequencesConfig.from(JobArguments.of(args));
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    attach(env, config);
    JobEnvironment.run(env, config.job(), System.out);
  }

  /** The pipeline between the real topics. */
  static void attach(StreamExecutionEnvironment env, DriveSequencesConfig config) {
    KafkaSettings kafka = config.job().kafka();
    Decoded<ControlUpdate> control =
        ControlStream.attach(env, SequencesInForce.NEEDED, kafka, config.job().clock().control());
    DriveSequencesOutputs.rejectedControl(kafka).accept(control.rejected());
    DriveSequencesPipeline.assemble(
        DriveSequencesInputs.kafka(env, config.job(), control.records()),
        DriveSequencesOutputs.kafka(kafka),
        config);
  }
}
