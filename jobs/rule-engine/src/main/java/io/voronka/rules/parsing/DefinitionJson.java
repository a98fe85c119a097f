package io.voronka.rules.parsing;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** Reads the JSON text of a definition: strictly, and with numbers as they are written. */
public final class DefinitionJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private DefinitionJson() {}

  /**
   * @param problems gets the problem, with its line and column, when there is nothing to return
   */
  public static Optional<JsonNode> read(String json, Problems problems) {
    try {
      return Optional.of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      problems.add("", "not JSON: " + e.getOriginalMessage() + place(e.getLocation()));
    } catch (NumberFormatException e) {
      problems.add("", "a number in it is too large to be read");
    }
    return Optional.empty();
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : " in line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }
}
