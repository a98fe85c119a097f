package io.voronka.jobs.kit.testing;

import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.jobs.kit.LogClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a whole pipeline on a small cluster in this JVM, set up as in production, fed by hand and
 * recorded. One cluster per test class; feeds, recordings and jobs end with their test.
 *
 * <pre>{@code
 * @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();
 *
 * var env = FLINK.environment();
 * XPipeline.assemble(new XInputs(FLINK.source(env, "events", type), ...), new XOutputs(FLINK.recorder("decided")), ...);
 * FLINK.start(env);
 * FLINK.<CrmEvent>feed("events").emit(1_000, event);
 * await().until(() -> FLINK.recorded("decided").size() == 1);
 * }</pre>
 */
public final class PipelineFixture
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final int SLOTS = 4;
  private static final long PATIENCE_S = 60;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  private final int parallelism;
  private final AtomicInteger tests = new AtomicInteger();
  private final InMemoryReporter metrics = InMemoryReporter.create();
  private MiniCluster cluster;
  private Path directory;
  private String test;
  private JobID job;
  private int lost;

  private PipelineFixture(int parallelism) {
    this.parallelism = parallelism;
  }

  /** Pipelines run with parallelism 2. */
  public static PipelineFixture create() {
    return new PipelineFixture(2);
  }

  public static PipelineFixture withParallelism(int parallelism) {
    return new PipelineFixture(parallelism);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("flink");
    Configuration config = new Configuration();
    config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    config.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    metrics.addToConfiguration(config);
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(config)
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    test = context.getRequiredTestClass().getSimpleName() + "-" + tests.incrementAndGet();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (job != null) {
      cancel();
    }
    Bench.forget(test);
  }

  /** An environment as every job has it, with frequent checkpoints. */
  public StreamExecutionEnvironment environment() {
    JobSettings settings =
        new JobSettings(
            KafkaSettings.of("none:0", test),
            test,
            parallelism,
            CHECKPOINT_INTERVAL,
            Duration.ofMillis(50),
            LogClock.of(test),
            false);
    return JobEnvironment.from(settings);
  }

  /** The feed of a source of this test; may be filled before the job starts. */
  public <T> Feed<T> feed(String name) {
    return Bench.feed(test, name);
  }

  /** A source of one subtask that emits the feed of this name. Its uid is {@code feed-<name>}. */
  public <T> DataStream<T> source(
      StreamExecutionEnvironment env, String name, TypeInformation<T> type) {
    return attach(env, name, type, false);
  }

  /**
   * As {@link #source}, but a restarted job reads the feed from its first element, as with control
   * topics.
   */
  public <T> DataStream<T> sourceFromStart(
      StreamExecutionEnvironment env, String name, TypeInformation<T> type) {
    return attach(env, name, type, true);
  }

  /** A way out that records. The sink's uid is {@code record-<name>}. */
  public <T> Consumer<DataStream<T>> recorder(String name) {
    return stream ->
        stream.sinkTo(new RecordingSink<>(test, name)).uid("record-" + name).name("record-" + name);
  }

  /** What has reached the recorder so far; after a failure some of it twice. */
  @SuppressWarnings("unchecked")
  public <T> List<T> recorded(String name) {
    return (List<T>) List.copyOf(Bench.recording(test, name));
  }

  /** Submits the job and returns when it runs. */
  public void start(StreamExecutionEnvironment env) throws Exception {
    submit(env, SavepointRestoreSettings.none());
  }

  /** As {@link #start}, from a savepoint, all of whose state must find its operator. */
  public void startFrom(StreamExecutionEnvironment env, String savepoint) throws Exception {
    submit(env, SavepointRestoreSettings.forPath(savepoint, false));
  }

  /** Ends the job with a savepoint and returns where it is. */
  public String stopWithSavepoint() throws Exception {
    JobID stopping = job;
    job = null;
    return cluster
        .stopWithSavepoint(
            stopping,
            directory.resolve("savepoints").toUri().toString(),
            false,
            SavepointFormatType.CANONICAL)
        .get(PATIENCE_S, TimeUnit.SECONDS);
  }

  /** Takes a checkpoint now. */
  public void checkpoint() throws Exception {
    cluster.triggerCheckpoint(job).get(PATIENCE_S, TimeUnit.SECONDS);
  }

  /** Kills the task manager and starts another; the job recovers from its newest checkpoint. */
  public void loseTaskManager() throws Exception {
    // The cluster counts those that are gone too.
    cluster.terminateTaskManager(lost++).get(PATIENCE_S, TimeUnit.SECONDS);
    cluster.startTaskManager();
  }

  /** How often the job has been restarted. */
  public int restarts() throws Exception {
    int attempts = 0;
    for (AccessExecutionVertex subtask : executionGraph().getAllExecutionVertices()) {
      attempts = Math.max(attempts, subtask.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return attempts;
  }

  /** True when every subtask runs. */
  public boolean isRunning() throws Exception {
    AccessExecutionGraph graph = executionGraph();
    for (AccessExecutionVertex subtask : graph.getAllExecutionVertices()) {
      if (subtask.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return graph.getState() == JobStatus.RUNNING;
  }

  /** Sum of a counter over all operators and subtasks of the running job. */
  public long counter(String name) {
    return metrics.getMetricsByIdentifiers(job).entrySet().stream()
        .filter(metric -> metric.getKey().endsWith("." + name))
        .filter(metric -> metric.getValue() instanceof Counter)
        .mapToLong(metric -> ((Counter) metric.getValue()).getCount())
        .sum();
  }

  private <T> DataStream<T> attach(
      StreamExecutionEnvironment env, String name, TypeInformation<T> type, boolean fromStart) {
    return env.fromSource(
            new HandFedSource<T>(test, name, fromStart),
            WatermarkStrategy.noWatermarks(),
            "feed-" + name,
            type)
        .uid("feed-" + name)
        .setParallelism(1);
  }

  private void submit(StreamExecutionEnvironment env, SavepointRestoreSettings from)
      throws Exception {
    JobGraph graph = env.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(from);
    job = cluster.submitJob(graph).get(PATIENCE_S, TimeUnit.SECONDS).getJobID();
    awaitRunning();
  }

  /** Returns when every subtask runs, so that a checkpoint can be taken. */
  public void awaitRunning() {
    await()
        .atMost(PATIENCE_S, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(this::isRunning);
  }

  private AccessExecutionGraph executionGraph() throws Exception {
    return cluster.getExecutionGraph(job).get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private JobStatus status() throws InterruptedException, ExecutionException, TimeoutException {
    return cluster.getJobStatus(job).get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private void cancel() throws Exception {
    if (!status().isGloballyTerminalState()) {
      cluster.cancelJob(job).get(PATIENCE_S, TimeUnit.SECONDS);
      cluster.requestJobResult(job).get(PATIENCE_S, TimeUnit.SECONDS);
    }
    job = null;
  }
}
