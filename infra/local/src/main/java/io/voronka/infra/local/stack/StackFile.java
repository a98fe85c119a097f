package io.voronka.infra.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running stack tells other processes about itself, in {@code stack.json} of its data
 * folder: for the other commands, and for people.
 *
 * @param launcherPid process id of the launcher
 * @param addresses where the parts are
 * @param down components that do not serve just now
 * @param jobs the state of each job that the launcher looks after, as {@link StackListener#job}
 *     tells it
 */
public record StackFile(
    long launcherPid, StackAddresses addresses, List<String> down, Map<String, String> jobs) {

  static final String NAME = "stack.json";

  private static final Logger LOG = LoggerFactory.getLogger(StackFile.class);

  /**
   * The stack that runs on this data folder.
   *
   * @param otherwise the option that would do without one
   * @throws StackException when none runs
   */
  public static StackFile running(Path data, String otherwise) {
    return read(data)
        .orElseThrow(
            () ->
                new StackException(
                    StackException.Reason.NOT_RUNNING,
                    "no local stack runs on %s; start one with 'voronka up' or give %s"
                        .formatted(data, otherwise)));
  }

  /** The stack that runs on this data folder; empty when none does. */
  public static Optional<StackFile> read(Path data) {
    Path file = data.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = new ObjectMapper().readTree(Files.readString(file));
      long pid = node.path("launcher_pid").asLong(-1);
      // A launcher that was killed leaves the file, and its id is given again, after a start of the
      // machine within minutes.
      if (!ProcessFigures.began(pid, node.path("launcher_start").asLong(-1))) {
        return Optional.empty();
      }
      JsonNode at = node.path("addresses");
      return Optional.of(
          new StackFile(
              pid,
              new StackAddresses(
                  at.path("kafka").asText(),
                  at.path("jdbc_url").asText(),
                  at.path("database_user").asText(),
                  Path.of(at.path("database_password_file").asText()),
                  Path.of(at.path("token_key_file").asText()),
                  Path.of(at.path("unsubscribe_key_file").asText()),
                  at.path("flink").asText(),
                  at.path("gateway").asText(),
                  at.path("gateway_admin").asText(),
                  at.path("sandbox").asText(),
                  at.path("sandbox_smtp_port").asInt()),
              texts(node.path("down")),
              states(node.path("jobs"))));
    } catch (IOException e) {
      // Written whole or not at all, so only a foreign file ends here.
      return Optional.empty();
    }
  }

  /** The jobs that nobody has ended. */
  public List<String> wantedJobs() {
    return jobs.entrySet().stream()
        .filter(job -> !job.getValue().equals(StackListener.STOPPED))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Map<String, String> states(JsonNode object) {
    Map<String, String> states = new LinkedHashMap<>();
    object.properties().forEach(field -> states.put(field.getKey(), field.getValue().asText()));
    return states;
  }

  /** Other processes read from this file where we are; it changes with every restart. */
  static void write(
      DataDirectory data,
      StackAddresses at,
      Collection<ComponentStatus> components,
      Map<String, String> jobs) {
    try {
      data.write(NAME, text(at, components, jobs));
    } catch (StackException e) {
      LOG.warn("cannot write {}", NAME, e);
    }
  }

  static String text(
      StackAddresses at, Collection<ComponentStatus> components, Map<String, String> jobs) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    long pid = ProcessHandle.current().pid();
    root.put("launcher_pid", pid);
    root.put("launcher_start", ProcessFigures.startTicks(pid).orElseThrow());
    root.putObject("addresses")
        .put("kafka", at.kafka())
        .put("jdbc_url", at.jdbcUrl())
        .put("database_user", at.databaseUser())
        .put("database_password_file", at.databasePasswordFile().toString())
        .put("token_key_file", at.tokenKeyFile().toString())
        .put("unsubscribe_key_file", at.unsubscribeKeyFile().toString())
        .put("flink", at.flink())
        .put("gateway", at.gateway())
        .put("gateway_admin", at.gatewayAdmin())
        .put("sandbox", at.sandbox())
        .put("sandbox_smtp_port", at.sandboxSmtpPort());
    ObjectNode pids = root.putObject("pids");
    components.forEach(component -> pids.put(component.name(), component.pid()));
    ArrayNode down = root.putArray("down");
    components.stream()
        .filter(component -> component.state() != ComponentStatus.State.READY)
        .forEach(component -> down.add(component.name()));
    ObjectNode states = root.putObject("jobs");
    new TreeMap<>(jobs).forEach(states::put);
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers", e);
    }
  }
}
