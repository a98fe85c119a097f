package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Files and folders to documents. YAML is read to its node tree and not to objects, because only
 * the nodes know their lines; JSON is read the same way, being YAML.
 */
final class DocumentReader {
  private static final int MAX_DEPTH = 60;

  private final List<Problem> problems = new ArrayList<>();
  private final BrokenDocuments broken = new BrokenDocuments();

  /**
   * Everything wrong so far; of what {@link #read} returns, documents with problems are incomplete.
   */
  List<Problem> problems() {
    return problems;
  }

  /** Those left out or incomplete so far. */
  BrokenDocuments broken() {
    return broken;
  }

  /**
   * The documents of a file, or of a folder's .yaml, .yml and .json files in the order of their
   * names.
   */
  List<Document> read(Path fileOrFolder) throws IOException {
    if (!Files.exists(fileOrFolder)) {
      problems.add(new Problem(fileOrFolder, 1, "", "no such file or folder"));
      return List.of();
    }
    List<Document> documents = new ArrayList<>();
    for (Path file : DocumentFiles.in(fileOrFolder, this::unreadable)) {
      readFile(file, documents);
    }
    if (documents.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem(fileOrFolder, 1, "", "no documents (.yaml, .yml, .json) in here"));
    }
    return documents;
  }

  private void readFile(Path file, List<Document> documents) {
    try {
      String text = Files.readString(file);
      if (file.toString().endsWith(".json")) {
        for (JsonTexts.Value value : JsonTexts.of(text)) {
          readText(file, value.text(), value.linesBefore(), documents);
        }
      } else {
        readText(file, text, 0, documents);
      }
    } catch (CharacterCodingException e) {
      unreadable(new Problem(file, 1, "", "not text in UTF-8"));
    } catch (IOException e) {
      unreadable(new Problem(file, 1, "", DocumentFiles.reason(e)));
    }
  }

  private void readText(Path file, String whole, int linesBefore, List<Document> documents) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(MAX_DEPTH);
    Yaml yaml = new Yaml(new SafeConstructor(options));
    try (StringReader text = new StringReader(whole)) {
      for (Node root : yaml.composeAll(text)) {
        if (root instanceof ScalarNode && root.getTag().equals(Tag.NULL)) {
          continue;
        }
        toDocument(file, root, linesBefore, documents);
      }
    } catch (MarkedYAMLException e) {
      int line = linesBefore + 1 + (e.getProblemMark() == null ? 0 : e.getProblemMark().getLine());
      unreadable(new Problem(file, line, "", "not YAML or JSON: " + e.getProblem()));
    } catch (YAMLException e) {
      unreadable(new Problem(file, linesBefore + 1, "", "not YAML or JSON: " + e.getMessage()));
    }
  }

  private void unreadable(Problem problem) {
    problems.add(problem);
    broken.unreadable();
  }

  private void toDocument(Path file, Node root, int linesBefore, List<Document> documents) {
    Conversion conversion = new Conversion(file, linesBefore);
    int line = conversion.lineOf(root);
    if (!(root instanceof MappingNode)) {
      unreadable(new Problem(file, line, "", "a document must be a mapping with a kind"));
      return;
    }
    JsonNode body = conversion.convert(root, "", 0);
    problems.addAll(conversion.problems);
    if (!conversion.problems.isEmpty()) {
      broken.add(body);
    }
    // What could not be taken is left out of it; what else is wrong is told at the same time.
    documents.add(new Document(file, line, (ObjectNode) body, conversion.lines));
  }

  private static final class Conversion {
    private final Path file;
    private final int linesBefore;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Conversion(Path file, int linesBefore) {
      this.file = file;
      this.linesBefore = linesBefore;
    }

    int lineOf(Node node) {
      return linesBefore + node.getStartMark().getLine() + 1;
    }

    JsonNode convert(Node node, String pointer, int depth) {
      lines.put(pointer, lineOf(node));
      if (depth > MAX_DEPTH) {
        return problem(node, pointer, "nested deeper than " + MAX_DEPTH + ", or refers to itself");
      }
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, pointer, depth);
      }
      if (node instanceof SequenceNode sequence) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node item : sequence.getValue()) {
          array.add(convert(item, pointer + "/" + array.size(), depth + 1));
        }
        return array;
      }
      return scalar((ScalarNode) node, pointer);
    }

    private JsonNode mapping(MappingNode mapping, String pointer, int depth) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
          merge(tuple.getValueNode(), pointer, depth, object);
        }
      }
      lines.put(pointer, lineOf(mapping));
      Set<String> given = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
          continue;
        }
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          problem(tuple.getKeyNode(), pointer, "a key must be plain text");
          continue;
        }
        String name = key.getValue();
        String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        if (!given.add(name)) {
          problem(key, at, "given twice");
          continue;
        }
        object.set(name, convert(tuple.getValueNode(), at, depth + 1));
        // Where it is named: what is in it may begin a line below.
        lines.put(at, lineOf(key));
      }
      return object;
    }

    /** {@code <<}: what is written beside it, or merged before it, wins. */
    private void merge(Node value, String pointer, int depth, ObjectNode into) {
      List<Node> sources =
          value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
      for (Node source : sources) {
        if (!(source instanceof MappingNode)) {
          problem(source, pointer + "/<<", "must be a mapping, or a list of them");
        } else if (convert(source, pointer, depth + 1) instanceof ObjectNode merged) {
          merged.properties().stream()
              .filter(field -> !into.has(field.getKey()))
              .forEach(field -> into.set(field.getKey(), field.getValue()));
        }
      }
    }

    private JsonNode scalar(ScalarNode node, String pointer) {
      JsonNodeFactory json = JsonNodeFactory.instance;
      String text = node.getValue();
      Tag tag = node.getTag();
      if (tag.equals(Tag.NULL)) {
        return json.nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return json.booleanNode(text.matches("(?i)true|yes|on"));
      }
      if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]*)")) {
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE
            ? json.numberNode(number.longValue())
            : json.numberNode(number);
      }
      if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+([eE][-+]?[0-9]{1,3})?")) {
        return json.numberNode(new BigDecimal(text));
      }
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        problem(node, pointer, "'" + text + "' is no plain decimal number; quote it if it is text");
      }
      return json.textNode(text);
    }

    private JsonNode problem(Node node, String pointer, String message) {
      problems.add(new Problem(file, lineOf(node), pointer, message));
      return JsonNodeFactory.instance.nullNode();
    }
  }
}
