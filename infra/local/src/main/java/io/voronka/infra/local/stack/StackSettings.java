package io.voronka.infra.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a local stack shall be.
 *
 * @param data folder of everything it keeps
 * @param fresh forget what the folder holds first
 * @param parts what to start; jobs need {@link Part#FLINK}
 * @param jobs names of the jobs to submit, in this order; see {@link JobCatalog#NAMES}
 * @param taskManagers how many TaskManagers
 * @param slots of each TaskManager
 * @param parallelism of each job that may have more than one
 * @param checkpointInterval of each job
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
    int taskManagers,
    int slots,
    int parallelism,
    Duration checkpointInterval,
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

  static final String TASK_MANAGER_HEAP = "taskmanager";

  static final Map<String, Integer> DEFAULT_HEAPS_MB =
      Map.of(
          LocalStack.KAFKA,
          512,
          LocalStack.JOB_MANAGER,
          384,
          TASK_MANAGER_HEAP,
          640,
          LocalStack.SANDBOX,
          192,
          LocalStack.GATEWAY,
          256);

  public StackSettings {
    parts = Set.copyOf(parts);
    jobs = new LinkedHashSet<>(jobs);
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
        1,
        12,
        2,
        Duration.ofSeconds(2),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        false);
  }

  int heapMb(String component) {
    return heapsMb.getOrDefault(component, DEFAULT_HEAPS_MB.get(component));
  }

  List<String> extraFor(String componentOrJob) {
    return extraArguments.getOrDefault(componentOrJob, List.of());
  }

  /** See {@link #fresh()}. */
  public StackSettings withFresh(boolean value) {
    return new StackSettings(
        data,
        value,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #parts()}; jobs are left out with Flink. */
  public StackSettings withParts(Set<Part> value) {
    return new StackSettings(
        data,
        fresh,
        value,
        value.contains(Part.FLINK) ? jobs : Set.of(),
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #jobs()}. */
  public StackSettings withJobs(Set<String> value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        value,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #taskManagers()}, {@link #slots()} and {@link #parallelism()}. */
  public StackSettings withFlink(int taskManagerCount, int slotCount, int jobParallelism) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagerCount,
        slotCount,
        jobParallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #checkpointInterval()}. */
  public StackSettings withCheckpointInterval(Duration value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        value,
        ports,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #ports()}. */
  public StackSettings withPorts(Map<String, Integer> value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        value,
        heapsMb,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #heapsMb()}. */
  public StackSettings withHeapsMb(Map<String, Integer> value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        value,
        extraArguments,
        environment,
        allowEmptyState);
  }

  /** See {@link #extraArguments()}. */
  public StackSettings withExtraArguments(Map<String, List<String>> value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        value,
        environment,
        allowEmptyState);
  }

  /** See {@link #environment()}. */
  public StackSettings withEnvironment(Map<String, String> value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        value,
        allowEmptyState);
  }

  /** See {@link #allowEmptyState()}. */
  public StackSettings withAllowEmptyState(boolean value) {
    return new StackSettings(
        data,
        fresh,
        parts,
        jobs,
        taskManagers,
        slots,
        parallelism,
        checkpointInterval,
        ports,
        heapsMb,
        extraArguments,
        environment,
        value);
  }
}
