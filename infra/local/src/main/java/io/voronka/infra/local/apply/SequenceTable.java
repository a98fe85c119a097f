package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The control table of sequences: every version stays. */
final class SequenceTable {
  private final Statements statements;
  private final ObjectMapper json;

  SequenceTable(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /** The newest version of each, by tenant/sequence. */
  Map<String, SequenceSpec> newest() throws SQLException {
    Map<String, SequenceSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT DISTINCT ON (tenant_id, sequence_id) * FROM sequences"
            + " ORDER BY tenant_id, sequence_id, version DESC",
        row -> {
          SequenceSpec sequence =
              new SequenceSpec(
                  row.getString("tenant_id"),
                  row.getString("sequence_id"),
                  row.getString("name"),
                  object(row.getString("definition")));
          found.put(sequence.key(), sequence);
        });
    return found;
  }

  /** Writes the sequence as a new version and says which. */
  long writeNewVersion(SequenceSpec sequence) throws SQLException {
    long version =
        statements.number(
            "SELECT coalesce(max(version), 0) + 1 FROM sequences WHERE tenant_id = ? AND sequence_id = ?",
            sequence.tenant(),
            sequence.id());
    statements.update(
        "INSERT INTO sequences (tenant_id, sequence_id, version, name, definition) VALUES (?, ?, ?, ?, ?::jsonb)",
        sequence.tenant(),
        sequence.id(),
        version,
        sequence.name(),
        sequence.definition().toString());
    return version;
  }

  private ObjectNode object(String text) throws SQLException {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("sequences.definition is no JSON", e);
    }
  }
}
