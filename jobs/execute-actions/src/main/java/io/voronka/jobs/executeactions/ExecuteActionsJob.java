package io.voronka.jobs.executeactions;

import io.voronka.jobs.kit.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on the cluster that it is submitted to. */
public final class ExecuteActionsJob {
  private ExecuteActionsJob() {}

  public static void main(String[] args) throws Exception {
    ExecuteActionsConfig config = ExecuteActionsConfig.from(args);
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    ExecuteActionsPipeline.assemble(
        ExecuteActionsInputs.kafka(env, config.job()),
        ExecuteActionsOutputs.kafka(config.job().kafka()),
        config.world(),
        config.executor());
    JobEnvironment.run(env, config.job(), System.out);
  }
}
