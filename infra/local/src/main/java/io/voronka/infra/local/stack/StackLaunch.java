package io.voronka.infra.local.stack;

import static io.voronka.infra.local.stack.LocalStack.KAFKA;
import static io.voronka.infra.local.stack.LocalStack.POSTGRES;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.TopicAdmin;
import io.voronka.infra.local.flink.EmptyStateGuard;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.stack.StackException.Reason;
import io.voronka.infra.local.stack.StackSettings.Part;
import io.voronka.infra.postgres.ControlDatabase;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one stack up, step by step; what it has reached can be asked while it is at work. */
final class StackLaunch {

  private static final Logger LOG = LoggerFactory.getLogger(StackLaunch.class);
  private static final String WAY_OUT =
      "leave it out with --jobs and start it with 'voronka submit --from', or give --allow-empty-state";

  private final StackSettings settings;
  private final StackListener listener;
  private final SourceTree tree;
  private final JobSource jobSource;
  private final Components components;

  private volatile DataDirectory data;
  private volatile StackAssembly assembly;
  private volatile JobDeployments jobs;

  StackLaunch(
      StackSettings settings,
      StackListener listener,
      SourceTree tree,
      JobSource jobSource,
      Components components) {
    this.settings = settings;
    this.listener = listener;
    this.tree = tree;
    this.jobSource = jobSource;
    this.components = components;
  }

  /**
   * Returns when all components are ready and all jobs run.
   *
   * @throws StackException any reason; what was started is still there then
   */
  void run() throws IOException, SQLException {
    StackAssembly.requireBuilt(settings, tree, jobSource);
    prepare();
    startServers();
    if (settings.parts().contains(Part.FLINK) && !settings.jobs().isEmpty()) {
      startJobs();
    }
  }

  /** Null before there is one. */
  DataDirectory data() {
    return data;
  }

  /** Null before there is one. */
  StackAssembly assembly() {
    return assembly;
  }

  /** Null before there are any, and for a stack without jobs. */
  JobDeployments jobs() {
    return jobs;
  }

  private void prepare() throws IOException {
    DataDirectory opened = DataDirectory.open(settings.data(), DataDirectory.LEAST_FREE_BYTES);
    data = opened;
    if (settings.fresh()) {
      opened.forget();
    }
    DataDirectory.deleteAll(opened.file("work"));
    Ports ports =
        Ports.choose(
            StackAssembly.portNames(),
            settings.ports(),
            opened.file("ports.properties"),
            new SecureRandom());
    assembly = new StackAssembly(settings, tree, jobSource, opened, ports);
    // What somebody starts with just now may not be on a command line yet.
    Instant before = Instant.now().minus(Duration.ofHours(1));
    KeptBuilds.sweep(tree.kept(StackAssembly.SHARED), before);
    KeptBuilds.sweep(tree.kept(StackAssembly.COPIES), before);
  }

  private void startServers() throws IOException, SQLException {
    // All at once: they wait more than they work.
    if (settings.parts().contains(Part.KAFKA)) {
      launch(assembly.kafka(), () -> {});
    }
    if (settings.parts().contains(Part.POSTGRES)) {
      launch(assembly.postgres(), () -> {});
    }
    if (settings.parts().contains(Part.FLINK)) {
      launchFlink();
    }
    if (settings.parts().contains(Part.SANDBOX)) {
      launch(assembly.sandbox(), () -> {});
    }
    if (settings.parts().contains(Part.KAFKA)) {
      components.of(KAFKA).awaitReady();
      createTopics();
    }
    if (settings.parts().contains(Part.POSTGRES)) {
      components.of(POSTGRES).awaitReady();
      migrate();
    }
    if (settings.parts().contains(Part.GATEWAY)) {
      launch(assembly.gateway(), () -> {});
    }
    components.awaitAllReady();
  }

  private void createTopics() {
    try {
      KafkaSettings kafka = KafkaSettings.of(assembly.addresses().kafka(), "stack");
      // One copy of everything: there is one broker.
      LOG.info("{} topics created", TopicAdmin.createMissing(kafka, Topics.all(), 1).size());
    } catch (IllegalStateException e) {
      boolean stopped = Thread.currentThread().isInterrupted();
      Reason reason = stopped ? Reason.STOPPED : Reason.COMPONENT_FAILED;
      throw new StackException(reason, e.getMessage(), e);
    }
  }

  private void launchFlink() {
    JobManagerPart jobManager = assembly.jobManager();
    List<TaskManagerPart> taskManagers = assembly.taskManagers(jobManager);
    // What still runs of the old jobs must not act beside the new ones.
    launch(jobManager, () -> taskManagers.forEach(part -> components.of(part.name()).kill()));
    taskManagers.forEach(part -> launch(part, () -> {}));
  }

  private void migrate() throws IOException, SQLException {
    assembly.postgres().createDatabase();
    StackAddresses at = assembly.addresses();
    int applied =
        ControlDatabase.migrate(
            at.jdbcUrl(), at.databaseUser(), Files.readString(at.databasePasswordFile()));
    LOG.info("{} migrations applied", applied);
  }

  private void startJobs() {
    StackAddresses at = assembly.addresses();
    boolean guarded = !settings.allowEmptyState() && settings.parts().contains(Part.KAFKA);
    // Those of this start: a later build's would not fit the libraries that the cluster has.
    Map<String, Path> jars = new HashMap<>();
    settings.jobs().forEach(job -> jars.put(job, jar(job)));
    jobs =
        new JobDeployments(
            new FlinkCluster(URI.create(at.flink())),
            settings.jobs().stream().map(job -> jobSource.plan(job, at, settings)).toList(),
            jars::get,
            data,
            listener,
            () -> components.ready(Components.FLINK),
            guarded ? EmptyStateGuard.of(at.kafka(), WAY_OUT) : EmptyStateGuard.off());
    jobs.startAll();
  }

  /** The jar to submit for a job that the cluster has the libraries of. */
  Path jar(String job) {
    return assembly.libraries().slim(jobSource.jar(job));
  }

  private void launch(Component component, Runnable whenEnded) {
    components.launch(
        component, data.folder("work/" + component.name()), assembly.logs().logs(), whenEnded);
  }
}
