package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** JSON as the reader of YAML takes it: one value at a time, and without escaped slashes. */
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();

  /** YAML does not know the one, which PHP writes into every address. */
  private static final Pattern ESCAPED_SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\/");

  private JsonTexts() {}

  /**
   * One of the values of a text.
   *
   * @param linesBefore how many lines end before it
   */
  record Value(String text, int linesBefore) {}

  /** The values of a text. What is no JSON is one, as it is. */
  static List<Value> of(String text) {
    List<Value> values = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        int line = parser.currentTokenLocation().getLineNr();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        String value = ESCAPED_SLASH.matcher(text.substring(from, to)).replaceAll("$1/");
        values.add(new Value(value, line - 1));
      }
    } catch (IOException e) {
      return List.of(new Value(text, 0));
    }
    return values.isEmpty() ? List.of(new Value(text, 0)) : values;
  }
}
