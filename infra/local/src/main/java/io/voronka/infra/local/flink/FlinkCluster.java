package io.voronka.infra.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.flink.FlinkException.Reason;
import io.voronka.infra.local.process.Polling;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Flink session cluster, local or not, over its REST API. Every method throws {@link
 * FlinkException} when nobody answers or the cluster refuses. Safe for use by several threads.
 */
public final class FlinkCluster {

  private static final Duration POLL = Duration.ofMillis(100);

  private final FlinkRest rest;

  /**
   * @param address such as {@code http://127.0.0.1:8081}
   */
  public FlinkCluster(URI address) {
    this.rest = new FlinkRest(address);
  }

  /** Where the cluster is; its web page too. */
  public URI address() {
    return rest.base();
  }

  /** Version, TaskManagers and slots. */
  public ClusterOverview overview() {
    JsonNode node = rest.get("overview", "flink-version");
    return new ClusterOverview(
        node.path("flink-version").asText(),
        node.path("taskmanagers").asInt(),
        node.path("slots-total").asInt(),
        node.path("slots-available").asInt());
  }

  /** The RPC addresses under which TaskManagers are registered, by their resource id. */
  public Map<String, String> taskManagers() {
    Map<String, String> found = new LinkedHashMap<>();
    for (JsonNode node : rest.get("taskmanagers").path("taskmanagers")) {
      found.put(node.path("id").asText(), node.path("path").asText());
    }
    return found;
  }

  /** All jobs the cluster remembers, oldest first. */
  public List<JobSummary> jobs() {
    List<JobSummary> jobs = new ArrayList<>();
    for (JsonNode node : rest.get("jobs/overview", "jobs").path("jobs")) {
      jobs.add(
          new JobSummary(
              node.path("jid").asText(),
              node.path("name").asText(),
              node.path("state").asText(),
              node.path("start-time").asLong(),
              node.path("tasks").path("total").asInt(),
              node.path("tasks").path("running").asInt()));
    }
    jobs.sort(Comparator.comparingLong(JobSummary::startMillis));
    return jobs;
  }

  /** The job of that name or id: one that has not ended if there is one, else the newest. */
  public Optional<JobSummary> job(String nameOrId) {
    return jobs().stream()
        .filter(job -> job.name().equals(nameOrId) || job.id().equals(nameOrId))
        .max(
            Comparator.comparing((JobSummary job) -> !job.ended())
                .thenComparingLong(JobSummary::startMillis));
  }

  /**
   * The job of that name or id that has not ended.
   *
   * @throws FlinkException NO_SUCH_JOB
   */
  public JobSummary liveJob(String nameOrId) {
    return job(nameOrId)
        .filter(job -> !job.ended())
        .orElseThrow(
            () ->
                new FlinkException(
                    Reason.NO_SUCH_JOB, "no job " + nameOrId + " runs at " + address()));
  }

  /**
   * Uploads the jar, runs it, and removes the upload.
   *
   * @return the new job's id; the job does not run yet, see {@link #awaitRunning}
   */
  public String submit(JobSubmission job) {
    String uploaded = rest.upload("jars/upload", job.jar()).path("filename").asText();
    String jar = uploaded.substring(uploaded.lastIndexOf('/') + 1);
    try {
      ObjectNode body = rest.json().createObjectNode();
      job.mainClass().ifPresent(name -> body.put("entryClass", name));
      job.arguments().forEach(body.putArray("programArgsList")::add);
      if (job.parallelism() > 0) {
        body.put("parallelism", job.parallelism());
      }
      job.restoreFrom()
          .ifPresent(path -> body.put("savepointPath", path).put("claimMode", "NO_CLAIM"));
      ObjectNode settings = body.putObject("flinkConfiguration");
      job.configuration().forEach(settings::put);
      return rest.post("jars/" + jar + "/run", body).path("jobid").asText();
    } finally {
      forgetUpload(jar);
    }
  }

  /**
   * Waits until every task of the job runs.
   *
   * @throws FlinkException JOB_FAILED with Flink's first reason, TIMED_OUT
   */
  public void awaitRunning(String id, Duration within) {
    boolean decided =
        Polling.until(
            within,
            POLL,
            () -> job(id).filter(job -> job.ended() || job.fullyRunning()).isPresent());
    Optional<JobSummary> job = job(id);
    if (job.filter(JobSummary::fullyRunning).isPresent()) {
      return;
    }
    String why = rootCause(id).map(cause -> ": " + cause).orElse("");
    if (decided) {
      throw new FlinkException(
          Reason.JOB_FAILED, "job %s is %s%s".formatted(id, stateOf(job), why));
    }
    throw new FlinkException(
        Reason.TIMED_OUT,
        "job %s is still %s after %d s%s".formatted(id, stateOf(job), within.toSeconds(), why));
  }

  /** What made the job fail last, in one line; empty when nothing did. */
  public Optional<String> rootCause(String id) {
    try {
      JsonNode entries =
          rest.get("jobs/" + id + "/exceptions").path("exceptionHistory").path("entries");
      String trace = entries.path(0).path("stacktrace").asText("");
      return Trace.cause(trace).lines().findFirst();
    } catch (FlinkException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes a savepoint; the job goes on.
   *
   * @param directory where to; empty leaves it to the cluster's setting
   * @return the savepoint's path
   */
  public String savepoint(String id, Optional<String> directory, Duration within) {
    ObjectNode body = rest.json().createObjectNode();
    directory.ifPresent(path -> body.put("target-directory", path));
    body.put("cancel-job", false);
    return awaitSavepoint(id, rest.post("jobs/" + id + "/savepoints", body), within);
  }

  /**
   * Takes a savepoint and ends the job with it; nothing is processed after the savepoint.
   *
   * @return the savepoint's path
   */
  public String stopWithSavepoint(String id, Optional<String> directory, Duration within) {
    ObjectNode body = rest.json().createObjectNode();
    directory.ifPresent(path -> body.put("targetDirectory", path));
    body.put("drain", false);
    return awaitSavepoint(id, rest.post("jobs/" + id + "/stop", body), within);
  }

  /** Cancels the job and waits until it has ended; its retained checkpoints stay. */
  public void cancel(String id, Duration within) {
    rest.patch("jobs/" + id + "?mode=cancel");
    if (!Polling.until(within, POLL, () -> job(id).map(JobSummary::ended).orElse(true))) {
      throw new FlinkException(Reason.TIMED_OUT, "job " + id + " does not end");
    }
  }

  /** The job's checkpoints. */
  public CheckpointFigures checkpoints(String id) {
    JsonNode node = rest.get("jobs/" + id + "/checkpoints");
    JsonNode latest = node.path("latest").path("completed");
    return new CheckpointFigures(
        node.path("counts").path("completed").asLong(),
        node.path("counts").path("failed").asLong(),
        node.path("counts").path("restored").asLong(),
        latest.path("id").asLong(-1),
        latest.path("external_path").asText(""),
        latest.path("end_to_end_duration").asLong(-1),
        latest.path("state_size").asLong(-1));
  }

  /** Waits until each job has completed another checkpoint than those so far. */
  public void awaitNextCheckpoints(Collection<String> ids, Duration within) {
    Map<String, Long> before = new LinkedHashMap<>();
    ids.forEach(id -> before.put(id, checkpoints(id).latestId()));
    before.forEach((id, latest) -> awaitCheckpoint(id, latest, within));
  }

  /**
   * Waits until a checkpoint newer than the given one is completed.
   *
   * @param afterId see {@link CheckpointFigures#latestId()}
   * @return its id
   */
  public long awaitCheckpoint(String id, long afterId, Duration within) {
    Supplier<Long> latest = () -> checkpoints(id).latestId();
    if (!Polling.until(within, POLL, () -> latest.get() > afterId)) {
      throw new FlinkException(
          Reason.TIMED_OUT,
          "no checkpoint of job %s after %d was completed".formatted(id, afterId));
    }
    return latest.get();
  }

  /** The ids of the job's vertices by name, in the order of the flow. */
  public Map<String, String> vertices(String id) {
    Map<String, String> found = new LinkedHashMap<>();
    for (JsonNode node : rest.get("jobs/" + id).path("vertices")) {
      found.put(node.path("name").asText(), node.path("id").asText());
    }
    return found;
  }

  /** Values of the job's own metrics; names that the job does not have are left out. */
  public Map<String, Double> jobMetrics(String id, List<String> names) {
    return metrics("jobs/" + id + "/metrics", names, "value");
  }

  /** Sums over all subtasks of a vertex's metrics; names that it does not have are left out. */
  public Map<String, Double> vertexMetrics(String id, String vertex, List<String> names) {
    return metrics("jobs/" + id + "/vertices/" + vertex + "/subtasks/metrics", names, "sum");
  }

  private Map<String, Double> metrics(String path, List<String> names, String field) {
    String wanted = URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
    Map<String, Double> found = new LinkedHashMap<>();
    for (JsonNode node : rest.get(path + "?get=" + wanted)) {
      found.put(node.path("id").asText(), node.path(field).asDouble());
    }
    return found;
  }

  private String awaitSavepoint(String id, JsonNode trigger, Duration within) {
    String path = "jobs/" + id + "/savepoints/" + trigger.path("request-id").asText();
    boolean done =
        Polling.until(
            within,
            POLL,
            () -> rest.get(path).path("status").path("id").asText().equals("COMPLETED"));
    if (!done) {
      throw new FlinkException(
          Reason.TIMED_OUT,
          "the savepoint of job %s took longer than %d s".formatted(id, within.toSeconds()));
    }
    JsonNode operation = rest.get(path).path("operation");
    if (operation.has("failure-cause")) {
      String trace = operation.path("failure-cause").path("stack-trace").asText();
      throw new FlinkException(
          Reason.REFUSED, "no savepoint of job %s: %s".formatted(id, Trace.cause(trace)));
    }
    return operation.path("location").asText();
  }

  private void forgetUpload(String jar) {
    try {
      rest.delete("jars/" + jar);
    } catch (FlinkException e) {
      // Only room on the cluster's disk; it is emptied with the cluster.
      return;
    }
  }

  private static String stateOf(Optional<JobSummary> job) {
    return job.map(JobSummary::state).orElse("unknown");
  }
}
