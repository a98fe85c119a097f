package io.voronka.jobs.kit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompressionType;

/** The Flink environment of every job, in one place. */
public final class JobEnvironment {
  /** Never to be changed: savepoints are bound to it. */
  public static final int MAX_PARALLELISM = 720;

  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(50);
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);
  private static final Duration SHORTEST_CHECKPOINT_TIMEOUT = Duration.ofSeconds(20);
  private static final int CHECKPOINT_TIMEOUT_INTERVALS = 12;

  private JobEnvironment() {}

  public static StreamExecutionEnvironment from(JobSettings settings) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings));
    if (settings.parallelism() > 0) {
      env.setParallelism(settings.parallelism());
    }
    return env;
  }

  /** Runs the job, or prints its graph as JSON when that was asked for. */
  public static void run(StreamExecutionEnvironment env, JobSettings settings, PrintStream plan)
      throws Exception {
    if (settings.plan()) {
      plan.println(env.getExecutionPlan());
    } else {
      env.execute(settings.name());
    }
  }

  /** The settings that make a job what it is; where checkpoints lie is the cluster's affair. */
  public static Configuration configuration(JobSettings settings) {
    Configuration config = new Configuration();
    config.set(PipelineOptions.NAME, settings.name());
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // Safe: every record on our streams is immutable.
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    config.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);

    config.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    config.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.ROCKSDB);
    // Most subjects and ids that are asked for are not there, and no file need be read to know it.
    config.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    // A file's filter and index are hundreds of kilobytes; whole, they push each other out of a
    // cache of ordinary size, and each read of the state begins with reading them again.
    config.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
    // The Snappy inside RocksDB's library is built without optimization, its LZ4 is not. Compaction
    // and the first read of each block cost a fraction, and state takes some 4 % more room.
    config.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.LZ4_COMPRESSION));
    config.set(RocksDBOptions.OPTIONS_FACTORY, YieldingCompaction.class.getName());
    config.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
    config.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        settings.checkpointInterval().dividedBy(2));
    config.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpointTimeout(settings));
    config.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    config.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // While Kafka is away no checkpoint completes; the sinks' own patience decides when to restart.
    config.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);

    config.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.FIXED_DELAY.getMainValue());
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, settings.restartDelay());
    return config;
  }

  /**
   * Not much longer than a checkpoint can take, because Flink 2.3 has some that never end: when a
   * TaskManager dies during one, events by which the coordinator of an aligned source tells how far
   * it may read are lost together with their gateway, and the next checkpoint waits for them until
   * its time is over.
   */
  private static Duration checkpointTimeout(JobSettings settings) {
    Duration usual = settings.checkpointInterval().multipliedBy(CHECKPOINT_TIMEOUT_INTERVALS);
    return usual.compareTo(SHORTEST_CHECKPOINT_TIMEOUT) < 0 ? SHORTEST_CHECKPOINT_TIMEOUT : usual;
  }
}
