package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.JobPlan.Start;
import io.voronka.infra.local.stack.StackException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Our jobs, in the order of the flow, and what each needs to know about its surroundings. */
public final class JobCatalog {

  /** How often a job on a local stack takes a checkpoint unless told otherwise. */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  static final String CAPTURE_CONTROL = "capture-control";
  public static final String EVALUATE_RULES = "evaluate-rules";
  public static final String DRIVE_SEQUENCES = "drive-sequences";
  public static final String EXECUTE_ACTIONS = "execute-actions";

  /** All names; a job's module is {@code jobs/<name>}. */
  public static final List<String> NAMES =
      List.of(CAPTURE_CONTROL, EVALUATE_RULES, DRIVE_SEQUENCES, EXECUTE_ACTIONS);

  private JobCatalog() {}

  /** Folder of a job's module in the repository. */
  public static String module(String job) {
    return "jobs/" + job;
  }

  /** What is wrong with a name; empty when a job is called that. */
  public static Optional<String> objection(String job) {
    return NAMES.contains(job)
        ? Optional.empty()
        : Optional.of("no job is called " + job + "; there are " + String.join(", ", NAMES));
  }

  /**
   * Whether a job always begins with nothing: what it publishes is its memory, and it has no use
   * for a savepoint.
   */
  public static boolean startsFromNothing(String job) {
    return job.equals(CAPTURE_CONTROL);
  }

  /**
   * The arguments that tell a job about a local stack.
   *
   * @throws StackException JOB_FAILED when there is no such job
   */
  public static Arguments arguments(String job, StackAddresses at) {
    Arguments shared =
        Arguments.none()
            .with("kafka.bootstrap-servers", at.kafka())
            .with("job.name", job)
            .with("checkpoint.interval", CHECKPOINT_INTERVAL.toString());
    return switch (job) {
      case CAPTURE_CONTROL ->
          shared
              .with("job.parallelism", "1")
              .with("postgres.host", at.databaseHost())
              .with("postgres.port", Integer.toString(at.databasePort()))
              .with("postgres.database", PostgresPart.DATABASE)
              .with("postgres.user", at.databaseUser())
              .with("postgres.password", "file:" + at.databasePasswordFile());
      case EVALUATE_RULES, DRIVE_SEQUENCES -> shared;
      case EXECUTE_ACTIONS ->
          shared
              .with("token-store.jdbc-url", at.jdbcUrl())
              .with("token-store.user", at.databaseUser())
              .with("token-store.password", "file:" + at.databasePasswordFile())
              .with("token-store.key", "file:" + at.tokenKeyFile())
              .with("unsubscribe.key", "file:" + at.unsubscribeKeyFile())
              // The addresses that rules write to are on this machine here.
              .with("outbound.allow", "127.0.0.0/8,::1/128");
      default -> throw new StackException(Reason.JOB_FAILED, objection(job).orElseThrow());
    };
  }

  static JobPlan plan(String job, StackAddresses at, StackSettings settings) {
    // One replication slot has one reader.
    int parallelism = job.equals(CAPTURE_CONTROL) ? 1 : settings.parallelism();
    Arguments arguments =
        arguments(job, at)
            .with("job.parallelism", Integer.toString(parallelism))
            .with("checkpoint.interval", settings.checkpointInterval().toString())
            .withAll(settings.extraFor(job));
    return new JobPlan(
        job,
        arguments.list(),
        parallelism,
        startsFromNothing(job) ? Start.NOTHING : Start.NEWEST_STATE);
  }
}
