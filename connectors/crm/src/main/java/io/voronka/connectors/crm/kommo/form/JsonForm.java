package io.voronka.connectors.crm.kommo.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The same tree from a JSON body: objects by name, arrays by index, numbers as their text, true and
 * false as 1 and 0.
 */
public final class JsonForm {
  /** A form repeats its long names in each pair and so pays for them; JSON would not. */
  private static final int LONGEST_NAME = 128;

  /** Characters of all names, those above a value counted for each: what a form could hold. */
  private static final int MOST_NAMES = 1 << 20;

  private final JsonFactory factory = new JsonFactory();

  /**
   * Reads a body whose top is an object.
   *
   * @throws IOException when it is not JSON, or nested deeper than the limit
   */
  public FormNode parse(byte[] body, BracketForm.Limits limits) throws IOException {
    FormNode root = new FormNode("");
    try (JsonParser parser = factory.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the top is not an object");
      }
      new Reader(parser, limits).object(root, 1, 0);
    }
    return root;
  }

  private static final class Reader {
    private final JsonParser parser;
    private final BracketForm.Limits limits;
    private int values;
    private int names;

    Reader(JsonParser parser, BracketForm.Limits limits) {
      this.parser = parser;
      this.limits = limits;
    }

    /**
     * @param above characters of the names above
     */
    void object(FormNode into, int level, int above) throws IOException {
      while (next() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (name.length() > LONGEST_NAME) {
          throw new IOException("a name is longer than " + LONGEST_NAME + " characters");
        }
        next();
        value(into.childOrNew(name), level + 1, above + name.length());
      }
    }

    private void value(FormNode into, int level, int path) throws IOException {
      if (++values > limits.maxPairs()) {
        throw new IOException("more than " + limits.maxPairs() + " values");
      }
      names += path;
      if (names > MOST_NAMES) {
        throw new IOException("more than " + MOST_NAMES + " characters of names");
      }
      if (level > limits.maxNesting() && parser.currentToken().isStructStart()) {
        throw new IOException("nested deeper than " + limits.maxNesting() + " levels");
      }
      switch (parser.currentToken()) {
        case START_OBJECT -> object(into, level, path);
        case START_ARRAY -> {
          int index = 0;
          while (next() != JsonToken.END_ARRAY) {
            value(into.childOrNew(Integer.toString(index++)), level + 1, path + 1);
          }
        }
        case VALUE_TRUE -> into.setText("1");
        case VALUE_FALSE -> into.setText("0");
        case VALUE_NULL -> {
          // as in a form, where what is empty is not sent
        }
        default -> into.setText(parser.getText());
      }
    }

    private JsonToken next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("the end is missing");
      }
      return token;
    }
  }
}
