package io.voronka.infra.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How a local stack shall be.
 *
 * @param data folder of everything it keeps
 * @param fresh forget what the folder holds first
 * @param parts what to start; jobs need {@link Part#FLINK}
 * @param jobs names of the jobs to submit, in this order; see {@link JobCatalog#NAMES}
 * @param expectedJobs names of jobs that somebody else will submit ({@link LocalStack#jar}); the
 *     cluster has what they have in common, as it has of its own
 * @param taskManagers how many TaskManagers
 * @param slots of each TaskManager
 * @param parallelism of each job that may have more than one
 * @param rocksDbMb what RocksDB may use in each TaskManager, all slots together, MiB
 * @param checkpointInterval of each job
 * @param life how long it will be needed
 * @param ports ports by name (see {@link PortNames}); what is missing gets a free one
 * @param heapsMb largest heap by component, MiB; what is missing gets {@link #DEFAULT_HEAPS_MB}. A
 *     TaskManager's is what is left to the jobs' own code
 * @param extraArguments further arguments by component or job
 * @param environment environment variables of the gateway, the sandbox and the Flink processes
 *     (secrets that control rows refer to by {@code env:NAME})
 * @param allowEmptyState start jobs with empty state even where their consumer group has read
 *     before
 */
public record StackSettings(
    Path data,
    boolean fresh,
    Set<Part> parts,
    Set<String> jobs,
    Set<String> expectedJobs,
    int taskManagers,
    int slots,
    int parallelism,
    int rocksDbMb,
    Duration checkpointInterval,
    Life life,
    Map<String, Integer> ports,
    Map<String, Integer> heapsMb,
    Map<String, List<String>> extraArguments,
    Map<String, String> environment,
    boolean allowEmptyState) {

  /** What can be left out. Kafka topics and database migrations come with their servers. */
  public enum Part {
    KAFKA,
    POSTGRES,
    FLINK,
    SANDBOX,
    GATEWAY
  }

  /** How long a stack will be needed. */
  public enum Life {
    /** The time it takes to make its code fast is earned back. */
    LONG,

    /** Minutes, with starts and restarts in them: what it runs is compiled once, quickly. */
    BRIEF
  }

  static final Map<String, Integer> DEFAULT_HEAPS_MB =
      Map.of(
          LocalStack.KAFKA,
          512,
          LocalStack.JOB_MANAGER,
          384,
          LocalStack.TASK_MANAGER,
          640,
          LocalStack.SANDBOX,
          192,
          LocalStack.GATEWAY,
          256);

  public StackSettings {
    parts = Set.copyOf(parts);
    // Whatever was asked for: without a cluster there are no jobs.
    boolean cluster = parts.contains(Part.FLINK);
    jobs = cluster ? new LinkedHashSet<>(jobs) : Set.of();
    expectedJobs = cluster ? new LinkedHashSet<>(expectedJobs) : Set.of();
    ports = new TreeMap<>(ports);
    heapsMb = Map.copyOf(heapsMb);
    extraArguments = Map.copyOf(extraArguments);
    environment = Map.copyOf(environment);
    if (taskManagers < 1 || slots < 1 || parallelism < 1) {
      throw new IllegalArgumentException("TaskManagers, slots and parallelism are at least 1");
    }
  }

  /** The whole stack with everything at its default. */
  public static StackSettings at(Path data) {
    return new StackSettings(
        data,
        false,
        EnumSet.allOf(Part.class),
        new LinkedHashSet<>(JobCatalog.NAMES),
        Set.of(),
        1,
        12,
        2,
        192,
        Duration.ofSeconds(2),
        Life.LONG,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        false);
  }

  int heapMb(String component) {
    return heapsMb.getOrDefault(component, DEFAULT_HEAPS_MB.get(component));
  }

  /** The jobs that the cluster has the libraries of. */
  Set<String> sharingJobs() {
    Set<String> all = new LinkedHashSet<>(jobs);
    all.addAll(expectedJobs);
    return all;
  }

  List<String> extraFor(String componentOrJob) {
    return extraArguments.getOrDefault(componentOrJob, List.of());
  }

  /** See {@link #fresh()}. */
  public StackSettings withFresh(boolean value) {
    return with(draft -> draft.fresh = value);
  }

  /** See {@link #parts()}; jobs are left out with Flink. */
  public StackSettings withParts(Set<Part> value) {
    return with(draft -> draft.parts = value);
  }

  /** See {@link #jobs()}. */
  public StackSettings withJobs(Set<String> value) {
    return with(draft -> draft.jobs = value);
  }

  /** See {@link #expectedJobs()}; none of them is submitted by the stack itself. */
  public StackSettings withExpectedJobs(List<String> value) {
    return with(
        draft -> {
          draft.jobs = Set.of();
          draft.expectedJobs = new LinkedHashSet<>(value);
        });
  }

  /** See {@link #taskManagers()}, {@link #slots()} and {@link #parallelism()}. */
  public StackSettings withFlink(int taskManagerCount, int slotCount, int jobParallelism) {
    return with(
        draft -> {
          draft.taskManagers = taskManagerCount;
          draft.slots = slotCount;
          draft.parallelism = jobParallelism;
        });
  }

  /** See {@link #rocksDbMb()}. */
  public StackSettings withRocksDbMb(int value) {
    return with(draft -> draft.rocksDbMb = value);
  }

  /** See {@link #checkpointInterval()}. */
  public StackSettings withCheckpointInterval(Duration value) {
    return with(draft -> draft.checkpointInterval = value);
  }

  /** See {@link #life()}. */
  public StackSettings withLife(Life value) {
    return with(draft -> draft.life = value);
  }

  /** See {@link #ports()}. */
  public StackSettings withPorts(Map<String, Integer> value) {
    return with(draft -> draft.ports = value);
  }

  /** See {@link #heapsMb()}. */
  public StackSettings withHeapsMb(Map<String, Integer> value) {
    return with(draft -> draft.heapsMb = value);
  }

  /** See {@link #extraArguments()}. */
  public StackSettings withExtraArguments(Map<String, List<String>> value) {
    return with(draft -> draft.extraArguments = value);
  }

  /** See {@link #environment()}. */
  public StackSettings withEnvironment(Map<String, String> value) {
    return with(draft -> draft.environment = value);
  }

  /** See {@link #allowEmptyState()}. */
  public StackSettings withAllowEmptyState(boolean value) {
    return with(draft -> draft.allowEmptyState = value);
  }

  private StackSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settled();
  }

  /** The same, while something in it changes. */
  private static final class Draft {
    private final Path data;
    private boolean fresh;
    private Set<Part> parts;
    private Set<String> jobs;
    private Set<String> expectedJobs;
    private int taskManagers;
    private int slots;
    private int parallelism;
    private int rocksDbMb;
    private Duration checkpointInterval;
    private Life life;
    private Map<String, Integer> ports;
    private Map<String, Integer> heapsMb;
    private Map<String, List<String>> extraArguments;
    private Map<String, String> environment;
    private boolean allowEmptyState;

    Draft(StackSettings from) {
      data = from.data;
      fresh = from.fresh;
      parts = from.parts;
      jobs = from.jobs;
      expectedJobs = from.expectedJobs;
      taskManagers = from.taskManagers;
      slots = from.slots;
      parallelism = from.parallelism;
      rocksDbMb = from.rocksDbMb;
      checkpointInterval = from.checkpointInterval;
      life = from.life;
      ports = from.ports;
      heapsMb = from.heapsMb;
      extraArguments = from.extraArguments;
      environment = from.environment;
      allowEmptyState = from.allowEmptyState;
    }

    StackSettings settled() {
      return new StackSettings(
          data,
          fresh,
          parts,
          jobs,
          expectedJobs,
          taskManagers,
          slots,
          parallelism,
          rocksDbMb,
          checkpointInterval,
          life,
          ports,
          heapsMb,
          extraArguments,
          environment,
          allowEmptyState);
    }
  }
}
