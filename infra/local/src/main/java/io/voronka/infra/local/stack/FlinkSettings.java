package io.voronka.infra.local.stack;

import io.voronka.infra.local.flink.StatePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the session cluster, as {@code config.yaml} of its processes. */
final class FlinkSettings {

  /** The packages that Flink's own launch scripts open to it. */
  static final List<String> OPENED_PACKAGES =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.net",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/java.text",
          "java.base/java.time",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/sun.net.util");

  /** The exported ones. */
  static final List<String> EXPORTED_PACKAGES =
      List.of("java.rmi/sun.rmi.registry", "java.security.jgss/sun.security.krb5");

  static final int FRAMEWORK_HEAP_MB = 96;
  static final int DIRECT_MB = 288;

  private static final int NETWORK_MB = 96;
  private static final int FRAMEWORK_OFF_HEAP_MB = 128;
  private static final int TASK_OFF_HEAP_MB = DIRECT_MB - NETWORK_MB - FRAMEWORK_OFF_HEAP_MB;

  private final DataDirectory data;
  private final int rpcPort;
  private final int restPort;
  private final int slots;
  private final int taskHeapMb;
  private final int rocksDbMb;
  private final Duration checkpointInterval;
  private final List<String> parentFirst;

  /**
   * @param slots of each TaskManager
   * @param taskHeapMb heap for our code in each TaskManager, MiB
   * @param rocksDbMb what RocksDB may use in each TaskManager, all slots together, MiB
   * @param parentFirst what a job never takes from its own jar; empty for Flink's own defaults
   */
  FlinkSettings(
      DataDirectory data,
      int rpcPort,
      int restPort,
      int slots,
      int taskHeapMb,
      int rocksDbMb,
      Duration checkpointInterval,
      List<String> parentFirst) {
    this.data = data;
    this.rpcPort = rpcPort;
    this.restPort = restPort;
    this.slots = slots;
    this.taskHeapMb = taskHeapMb;
    this.rocksDbMb = rocksDbMb;
    this.checkpointInterval = checkpointInterval;
    this.parentFirst = List.copyOf(parentFirst);
  }

  int restPort() {
    return restPort;
  }

  int taskManagerHeapMb() {
    return FRAMEWORK_HEAP_MB + taskHeapMb;
  }

  static List<String> jvmOptions() {
    List<String> options = new ArrayList<>();
    OPENED_PACKAGES.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
    EXPORTED_PACKAGES.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    return options;
  }

  /** The JobManager's, and the defaults of all jobs. */
  String jobManager() {
    return yaml(common());
  }

  /**
   * One TaskManager's.
   *
   * @param id its resource id; a new process under the same id tells the JobManager at once that
   *     the old one is gone
   * @param ownRpcPort a port of its own for every launch, so that the old registration can be told
   *     from the new
   */
  String taskManager(String id, int ownRpcPort) {
    Map<String, Object> settings = common();
    settings.put("taskmanager.resource-id", id);
    settings.put("taskmanager.rpc.port", ownRpcPort);
    return yaml(settings);
  }

  private Map<String, Object> common() {
    Map<String, Object> s = new LinkedHashMap<>();
    s.put("jobmanager.rpc.address", "127.0.0.1");
    s.put("jobmanager.rpc.port", rpcPort);
    s.put("jobmanager.bind-host", "127.0.0.1");
    s.put("rest.address", "127.0.0.1");
    s.put("rest.bind-address", "127.0.0.1");
    s.put("rest.port", restPort);
    s.put("web.submit.enable", true);
    s.put("web.cancel.enable", true);
    s.put("io.tmp.dirs", data.folder("work/flink"));
    s.put("web.upload.dir", data.folder("work/flink-uploads"));
    s.put("heartbeat.interval", "1 s");
    // A killed process is known by its successor's registration. One that is merely slow, when a
    // laptop's two processors restore a large state, must not be taken for dead.
    s.put("heartbeat.timeout", "30 s");
    // Nor must a task be given up that is submitted to a TaskManager which is only busy: the job
    // would restart, which makes it busier. Nor a process that begins among others that do.
    s.put("pekko.ask.timeout", "30 s");
    s.put("pekko.startup-timeout", "60 s");
    s.put("classloader.check-leaked-classloader", false);
    if (!parentFirst.isEmpty()) {
      s.put("classloader.parent-first-patterns.default", String.join(";", parentFirst));
    }

    // No launch script works out a TaskManager's memory for us, so every part of it is named.
    s.put("taskmanager.host", "127.0.0.1");
    s.put("taskmanager.bind-host", "127.0.0.1");
    s.put("taskmanager.numberOfTaskSlots", slots);
    s.put("taskmanager.cpu.cores", (double) slots);
    s.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MB + "m");
    s.put("taskmanager.memory.task.heap.size", taskHeapMb + "m");
    s.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP_MB + "m");
    s.put("taskmanager.memory.task.off-heap.size", TASK_OFF_HEAP_MB + "m");
    s.put("taskmanager.memory.network.min", NETWORK_MB + "m");
    s.put("taskmanager.memory.network.max", NETWORK_MB + "m");
    s.put("taskmanager.memory.managed.size", "16m");
    s.put("taskmanager.memory.jvm-metaspace.size", "256m");
    s.put("taskmanager.memory.jvm-overhead.min", "192m");
    s.put("taskmanager.memory.jvm-overhead.max", "192m");

    s.put("parallelism.default", 2);
    s.put("pipeline.max-parallelism", 720);
    s.put("pipeline.auto-generate-uids", false);
    s.put("pipeline.generic-types", false);
    s.put("execution.buffer-timeout.interval", "5 ms");
    s.put("restart-strategy.type", "fixed-delay");
    s.put("restart-strategy.fixed-delay.attempts", Integer.MAX_VALUE);
    s.put("restart-strategy.fixed-delay.delay", "1 s");

    s.put("state.backend.type", "rocksdb");
    // One budget for all slots: split by slot, each would get too little for its write buffers.
    s.put("state.backend.rocksdb.memory.managed", false);
    s.put("state.backend.rocksdb.memory.fixed-per-tm", rocksDbMb + "m");
    s.put("state.backend.rocksdb.memory.partitioned-index-filters", true);
    s.put("execution.checkpointing.dir", StatePath.of(data.folder("checkpoints")));
    s.put("execution.checkpointing.savepoint-dir", StatePath.of(data.folder("savepoints")));
    s.put("execution.checkpointing.interval", checkpointInterval.toMillis() + " ms");
    s.put("execution.checkpointing.timeout", "24 s");
    s.put("execution.checkpointing.tolerable-failed-checkpoints", 20);
    s.put("execution.checkpointing.incremental", true);
    // What the jobs go on from after the JobManager died.
    s.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    s.put("execution.checkpointing.num-retained", 2);
    return s;
  }

  private static String yaml(Map<String, Object> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (key, value) -> {
          boolean plain = value instanceof Number || value instanceof Boolean;
          String shown = plain ? value.toString() : quoted(value.toString());
          text.append(key).append(": ").append(shown).append('\n');
        });
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
