package io.voronka.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The topics of one cell: their names as constants, their definitions from {@code topics.yaml}. */
public final class Topics {
  public static final String WEBHOOKS_RECEIVED = "webhooks.received";
  public static final String CRM_EVENTS = "crm.events";
  public static final String CRM_EVENTS_REJECTED = "crm.events.rejected";
  public static final String RULES_DECIDED = "rules.decided";
  public static final String RULES_QUARANTINED = "rules.quarantined";
  public static final String COMMANDS_REQUESTED = "commands.requested";
  public static final String COMMANDS_REQUESTED_REJECTED = "commands.requested.rejected";
  public static final String ACTIONS_REQUESTED = "actions.requested";
  public static final String ACTIONS_REQUESTED_REJECTED = "actions.requested.rejected";
  public static final String ACTIONS_COMPLETED = "actions.completed";
  public static final String ACTIONS_QUEUED = "actions.queued";
  public static final String SEQUENCES_PROGRESSED = "sequences.progressed";
  public static final String USAGE_EVENTS = "usage.events";
  public static final String ALERTS_RAISED = "alerts.raised";
  public static final String CONTROL_TENANTS = "control.tenants";
  public static final String CONTROL_ACCOUNTS = "control.accounts";
  public static final String CONTROL_AGENTS = "control.agents";
  public static final String CONTROL_RULES = "control.rules";
  public static final String CONTROL_RULE_SETS = "control.rule-sets";
  public static final String CONTROL_PIPELINES = "control.pipelines";
  public static final String CONTROL_FIELDS = "control.fields";
  public static final String CONTROL_USERS = "control.users";
  public static final String CONTROL_SIGNING_KEYS = "control.signing-keys";
  public static final String CONTROL_MAIL_SENDERS = "control.mail-senders";
  public static final String CONTROL_SCRIPTS = "control.scripts";
  public static final String CONTROL_OPT_OUTS = "control.opt-outs";
  public static final String CONTROL_SEQUENCES = "control.sequences";
  public static final String OPT_OUTS_HEARD = "opt-outs.heard";
  public static final String CONTROL_REJECTED = "control.rejected";
  public static final String SCHEMAS_PUBLISHED = "schemas.published";

  private static final List<Topic> ALL = load();

  private Topics() {}

  /**
   * @param key what the Kafka key is made of, in words
   * @param value simple name of the record
   * @param retention empty: for ever
   */
  public record Topic(
      String name,
      String key,
      String value,
      int partitions,
      Optional<Duration> retention,
      boolean compacted) {
    /** In bytes: a broker takes a megabyte by default, key and headers included. */
    public static final int LARGEST_VALUE = 900 << 10;
  }

  /** In the order of the flow. */
  public static List<Topic> all() {
    return ALL;
  }

  public static Topic named(String name) {
    return ALL.stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no topic named " + name));
  }

  /** The topic that carries a control table. */
  public static String of(ControlTable table) {
    return switch (table) {
      case TENANTS -> CONTROL_TENANTS;
      case ACCOUNTS -> CONTROL_ACCOUNTS;
      case AGENTS -> CONTROL_AGENTS;
      case RULES -> CONTROL_RULES;
      case RULE_SETS -> CONTROL_RULE_SETS;
      case PIPELINES -> CONTROL_PIPELINES;
      case FIELDS -> CONTROL_FIELDS;
      case USERS -> CONTROL_USERS;
      case SIGNING_KEYS -> CONTROL_SIGNING_KEYS;
      case MAIL_SENDERS -> CONTROL_MAIL_SENDERS;
      case SCRIPTS -> CONTROL_SCRIPTS;
      case OPT_OUTS -> CONTROL_OPT_OUTS;
      case SEQUENCES -> CONTROL_SEQUENCES;
      case HEARD_OPT_OUTS -> OPT_OUTS_HEARD;
      case UNKNOWN -> throw new IllegalArgumentException("a newer table than this build knows");
    };
  }

  private static List<Topic> load() {
    try (InputStream in = Topics.class.getResourceAsStream("topics.yaml")) {
      Listing listing = new ObjectMapper(new YAMLFactory()).readValue(in, Listing.class);
      return listing.topics().stream().map(Entry::topic).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("topics.yaml", e);
    }
  }

  private record Listing(@JsonProperty("topics") List<Entry> topics) {}

  private record Entry(
      @JsonProperty("name") String name,
      @JsonProperty("key") String key,
      @JsonProperty("value") String value,
      @JsonProperty("partitions") int partitions,
      @JsonProperty("retention") String retention,
      @JsonProperty("compacted") boolean compacted) {
    Topic topic() {
      Optional<Duration> kept =
          retention.equals("forever") ? Optional.empty() : Optional.of(Duration.parse(retention));
      return new Topic(name, key, value, partitions, kept, compacted);
    }
  }
}
