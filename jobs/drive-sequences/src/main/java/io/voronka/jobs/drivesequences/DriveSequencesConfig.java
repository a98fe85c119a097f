package io.voronka.jobs.drivesequences;

import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobSettings;
import java.time.Duration;

/**
 * What the job is told, beside what all jobs are told.
 *
 * @param subjectLifetime {@code --drive.subject-lifetime}: how long a subject is remembered after
 *     something last happened to it
 * @param schemaWait {@code --drive.schema-wait}: how long a record waits for its writer's schema
 *     before the job restarts
 */
public record DriveSequencesConfig(JobSettings job, Duration subjectLifetime, Duration schemaWait) {
  static final String NAME = "drive-sequences";

  private static final Duration SUBJECT_LIFETIME = Duration.ofDays(400);
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);

  /**
   * @throws io.voronka.jobs.kit.InvalidArgumentsException with all errors at once
   */
  public static DriveSequencesConfig from(JobArguments arguments) {
    DriveSequencesConfig config =
        new DriveSequencesConfig(
            JobSettings.from(arguments, NAME),
            arguments.duration("drive.subject-lifetime", SUBJECT_LIFETIME),
            arguments.duration("drive.schema-wait", SCHEMA_WAIT));
    arguments.check();
    return config;
  }
}
