package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** Documents as files hold them: what is written is read back the same. */
public final class DocumentWriter {
  private final ObjectMapper mapper;

  private DocumentWriter(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Every text is quoted: 18:00, 2024 and 1e3 are numbers to YAML where they are not. */
  public static DocumentWriter yaml() {
    return new DocumentWriter(
        new ObjectMapper(
            YAMLFactory.builder().enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE).build()));
  }

  /** One line each. */
  public static DocumentWriter json() {
    return new DocumentWriter(new ObjectMapper());
  }

  /** The document and the end of its last line. */
  public String write(ObjectNode document) throws JsonProcessingException {
    String text = mapper.writeValueAsString(document);
    return text.endsWith("\n") ? text : text + "\n";
  }
}
