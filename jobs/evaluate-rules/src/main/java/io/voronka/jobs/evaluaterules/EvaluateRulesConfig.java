package io.voronka.jobs.evaluaterules;

import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobSettings;
import java.time.Duration;

/**
 * What the job is told, beside what all jobs are told.
 *
 * @param subjectLifetime {@code --judge.subject-lifetime}: how long a subject is remembered after
 *     its last event
 * @param schemaWait {@code --judge.schema-wait}: how long an event waits for its writer's schema
 *     before the job restarts
 */
public record EvaluateRulesConfig(JobSettings job, Duration subjectLifetime, Duration schemaWait) {
  static final String NAME = "evaluate-rules";
  private static final Duration SUBJECT_LIFETIME = Duration.ofDays(400);
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);

  /**
   * @throws io.voronka.jobs.kit.InvalidArgumentsException with all errors at once
   */
  public static EvaluateRulesConfig from(JobArguments arguments) {
    EvaluateRulesConfig config =
        new EvaluateRulesConfig(
            JobSettings.from(arguments, NAME),
            arguments.duration("judge.subject-lifetime", SUBJECT_LIFETIME),
            arguments.duration("judge.schema-wait", SCHEMA_WAIT));
    arguments.check();
    return config;
  }
}
