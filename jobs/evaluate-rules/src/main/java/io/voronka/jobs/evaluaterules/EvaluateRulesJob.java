package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlStream;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Main class of the job. */
public final class EvaluateRulesJob {
  private EvaluateRulesJob() {}

  public static void main(String[] args) throws Exception {
    EvaluateRulesConfig config = EvaluateRulesConfig.from(JobArguments.of(args));
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    attach(env, config);
    JobEnvironment.run(env, config.job(), System.out);
  }

  /** The pipeline between the real topics. */
  static void attach(StreamExecutionEnvironment env, EvaluateRulesConfig config) {
    KafkaSettings kafka = config.job().kafka();
    Decoded<ControlUpdate> control =
        ControlStream.attach(env, RulesInForce.NEEDED, kafka, config.job().clock().control());
    KafkaOutputs.rejectedControl(kafka).accept(control.rejected());
    EvaluateRulesPipeline.assemble(
        new EvaluateRulesInputs(KafkaInputs.events(env, config.job()), control.records()),
        KafkaOutputs.of(kafka),
        config);
  }
}
