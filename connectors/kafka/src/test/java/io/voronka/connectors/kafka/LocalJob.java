package io.voronka.connectors.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job in this JVM, with the switches of production, cancelled at the end. */
public final class LocalJob implements AutoCloseable {
  private final JobClient client;

  private LocalJob(JobClient client) {
    this.client = client;
  }

  public static StreamExecutionEnvironment environment(int parallelism) {
    Configuration config = new Configuration();
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, config);
  }

  public static LocalJob run(StreamExecutionEnvironment env) throws Exception {
    return new LocalJob(env.executeAsync("test"));
  }

  @Override
  public void close() throws Exception {
    client.cancel().get(30, TimeUnit.SECONDS);
  }
}
