package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.sequences.parsing.SequenceParser;
import java.util.List;
import java.util.function.Consumer;

/** Reads documents of kind Sequence; what passes here is what drive-sequences takes. */
final class SequenceReading {
  /** Made when the first one is read: loading its schema takes a while. */
  private SequenceParser parser;

  SequenceSpec sequence(Document document, FieldReader fields, Consumer<Problem> problems) {
    String tenant = fields.slug("tenant");
    String id = fields.slug("id");
    String name = fields.text("name", ManifestReader.NAME, "must be 1-200 characters");
    ObjectNode definition = document.body().deepCopy();
    definition.remove(List.of("kind", "tenant"));
    FieldReader.spellOnAndOff(definition, "state");
    parser = parser == null ? SequenceParser.create() : parser;
    parser
        .parse(definition)
        .problems()
        .forEach(found -> problems.accept(document.problem(found.pointer(), found.message())));
    return new SequenceSpec(tenant, id, name, definition);
  }
}
