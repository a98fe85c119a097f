package io.voronka.rules.parsing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Definitions to rules. Immutable; safe for any number of threads. */
public final class RuleParser {
  private static final String SCHEMA = "rule.schema.json";

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private final JsonSchema schema;

  private RuleParser(JsonSchema schema) {
    this.schema = schema;
  }

  /** Loads the schema, which takes a while: make one and keep it. */
  public static RuleParser create() {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    try (InputStream in = Topics.class.getResourceAsStream(SCHEMA)) {
      return new RuleParser(
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in, config));
    } catch (IOException e) {
      throw new UncheckedIOException(SCHEMA, e);
    }
  }

  /** A definition as JSON text. */
  public Parsed parse(String json) {
    try {
      return parse(mapper.readTree(json));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " in line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      return new Parsed(
          Optional.empty(),
          List.of(new Problem("", "not JSON: " + e.getOriginalMessage() + place)));
    }
  }

  /** A definition that is read already, from YAML for instance. */
  public Parsed parse(JsonNode definition) {
    Problems problems = new Problems();
    for (ValidationMessage message : schema.validate(definition)) {
      problems.add(message.getInstanceLocation().toString(), worded(message));
    }
    Node root = new Node(definition, "", problems);
    Set<EventKind> triggers = EventNames.read(root.at("trigger").at("event"));
    Optional<Condition> when =
        root.has("when") ? new ConditionReading().read(root.at("when")) : Optional.empty();
    List<ActionTemplate> actions = new ActionReading().read(root.at("actions"));
    if (problems.none() && root.has("when") && when.isEmpty()) {
      problems.add("/when", "not understood");
    }
    if (!problems.none()) {
      return new Parsed(Optional.empty(), problems.all());
    }
    return new Parsed(Optional.of(rule(root, triggers, when, actions)), List.of());
  }

  private static Rule rule(
      Node root, Set<EventKind> triggers, Optional<Condition> when, List<ActionTemplate> actions) {
    String id = root.text("id");
    return new Rule(
        id,
        root.at("name").text().orElse(id),
        root.at("enabled").json().asBoolean(true),
        root.at("priority").json().asInt(0),
        root.at("account").text(),
        root.at("agent").text(),
        triggers,
        when,
        actions);
  }

  /** The validator repeats the place in front of each message. */
  private static String worded(ValidationMessage message) {
    String place = message.getInstanceLocation() + ": ";
    String text = message.getMessage();
    return text.startsWith(place) ? text.substring(place.length()) : text;
  }
}
