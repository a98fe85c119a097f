package io.voronka.rules.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One of the contract's JSON Schemas. */
public final class DefinitionSchema {
  private static final String IDS = "https://voronka.io/schemas/";

  /** More than anything that makes sense has. */
  private static final int DEEPEST = 100;

  private final JsonSchema schema;

  private DefinitionSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Takes a while.
   *
   * @param name of the file
   */
  public static DefinitionSchema load(String name) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(DefinitionSchema::named)));
    return new DefinitionSchema(factory.getSchema(text(name), config));
  }

  /** Tells of all that does not fit. */
  public void check(JsonNode definition, Problems problems) {
    Node tooDeep = tooDeep(new Node(definition, "", problems), 0);
    if (tooDeep != null) {
      tooDeep.problem("a definition nests at most " + DEEPEST + " deep");
      return; // The validator calls itself for each level.
    }
    for (ValidationMessage message : schema.validate(definition)) {
      problems.add(message.getInstanceLocation().toString(), worded(message));
    }
  }

  /** The first place below the deepest level; null when there is none. */
  private static Node tooDeep(Node node, int depth) {
    if (depth > DEEPEST) {
      return node;
    }
    for (Node inner : node.json().isArray() ? node.items() : node.members().values()) {
      Node found = inner.json().isContainerNode() ? tooDeep(inner, depth + 1) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Those that refer to each other do it by their ids. Null when it is none of ours. */
  private static String named(String id) {
    return id.startsWith(IDS) ? text(id.substring(IDS.length())) : null;
  }

  private static String text(String name) {
    try (InputStream in = Topics.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The validator repeats the place in front of each message. */
  private static String worded(ValidationMessage message) {
    String place = message.getInstanceLocation() + ": ";
    String text = message.getMessage();
    return text.startsWith(place) ? text.substring(place.length()) : text;
  }
}
