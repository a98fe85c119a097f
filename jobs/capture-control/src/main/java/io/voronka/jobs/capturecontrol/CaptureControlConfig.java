package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.jobs.kit.SecretReference;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.function.SerializableFunction;

/**
 * What the job is told. Keys besides the shared ones: {@code --postgres.host}, {@code
 * --postgres.port} (5432), {@code --postgres.database}, {@code --postgres.user}, {@code
 * --postgres.password} ({@code env:NAME} or {@code file:/path}, resolved on the cluster, by
 * JobManager and TaskManager), {@code --postgres.slot} (voronka_control; one per cell), {@code
 * --heartbeat.interval} (1m).
 */
record CaptureControlConfig(
    JobSettings job,
    String host,
    int port,
    String database,
    String user,
    SecretReference password,
    String slot,
    Duration heartbeatInterval) {
  static final String JOB_NAME = "capture-control";

  private static final String PUBLICATION = "voronka_control";
  private static final List<String> TABLES =
      List.of(
          "public.tenants",
          "public.crm_accounts",
          "public.agents",
          "public.rules",
          "public.rule_sets",
          "public.crm_pipelines",
          "public.crm_fields",
          "public.crm_users",
          "public.signing_keys",
          "public.mail_senders",
          "public.scripts",
          "public.opt_outs",
          "public.sequences",
          "public.capture_heartbeats");

  /**
   * @throws io.voronka.jobs.kit.InvalidArgumentsException with all errors at once
   */
  static CaptureControlConfig from(JobArguments arguments) {
    CaptureControlConfig config =
        new CaptureControlConfig(
            JobSettings.from(arguments, JOB_NAME),
            arguments.required("postgres.host"),
            arguments.integer("postgres.port", 5432, 1),
            arguments.required("postgres.database"),
            arguments.required("postgres.user"),
            arguments.secret("postgres.password"),
            arguments.parsed("postgres.slot", PUBLICATION, CaptureSettings::slotName),
            arguments.duration("heartbeat.interval", Duration.ofMinutes(1)));
    arguments.check();
    return config;
  }

  /**
   * @param environment of the process where a connection is opened
   */
  CaptureSettings capture(SerializableFunction<String, String> environment) {
    SecretReference reference = password;
    return new CaptureSettings(
        host,
        port,
        database,
        user,
        () -> reference.resolve(environment),
        slot,
        PUBLICATION,
        TABLES);
  }
}
