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

/** One of the contract's JSON Schemas. */
final class DefinitionSchema {
  private final JsonSchema schema;

  private DefinitionSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /** Takes a while. */
  static DefinitionSchema load(String name) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    try (InputStream in = Topics.class.getResourceAsStream(name)) {
      return new DefinitionSchema(
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in, config));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  void check(JsonNode definition, Problems problems) {
    for (ValidationMessage message : schema.validate(definition)) {
      problems.add(message.getInstanceLocation().toString(), worded(message));
    }
  }

  /** The validator repeats the place in front of each message. */
  private static String worded(ValidationMessage message) {
    String place = message.getInstanceLocation() + ": ";
    String text = message.getMessage();
    return text.startsWith(place) ? text.substring(place.length()) : text;
  }
}
