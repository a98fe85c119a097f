package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The control tables that say how a tenant's actions leave the house. */
final class OutboundTables {
  private final Statements statements;
  private final ObjectMapper json;

  OutboundTables(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  Map<String, SigningKeySpec> signingKeys() throws SQLException {
    Map<String, SigningKeySpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM signing_keys ORDER BY tenant_id, key_id",
        row -> {
          SigningKeySpec key =
              new SigningKeySpec(
                  row.getString("tenant_id"),
                  row.getString("key_id"),
                  texts(row.getString("secret_references")));
          found.put(key.key(), key);
        });
    return found;
  }

  void write(SigningKeySpec key) throws SQLException {
    statements.update(
        "INSERT INTO signing_keys (tenant_id, key_id, secret_references) VALUES (?, ?, ?::jsonb)"
            + " ON CONFLICT (tenant_id, key_id) DO UPDATE SET secret_references = EXCLUDED.secret_references",
        key.tenant(),
        key.id(),
        json.valueToTree(key.secrets()).toString());
  }

  private List<String> texts(String list) throws SQLException {
    try {
      return json.readValue(list, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("a list of texts is none", e);
    }
  }
}
