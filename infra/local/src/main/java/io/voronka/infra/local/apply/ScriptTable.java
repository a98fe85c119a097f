package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.apply.Manifest.ScriptSpec;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The control table of what agents say. */
final class ScriptTable {
  private final Statements statements;
  private final ObjectMapper json;

  ScriptTable(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  Map<String, ScriptSpec> scripts() throws SQLException {
    Map<String, ScriptSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM scripts ORDER BY tenant_id, agent_id, script_id",
        row -> {
          ScriptSpec script =
              new ScriptSpec(
                  row.getString("tenant_id"),
                  row.getString("agent_id"),
                  row.getString("script_id"),
                  row.getString("title"),
                  row.getString("category"),
                  row.getString("locale"),
                  OutboundTables.texts(json, row.getString("stages")),
                  OutboundTables.texts(json, row.getString("key_phrases")),
                  row.getString("body"));
          found.put(script.key(), script);
        });
    return found;
  }

  void write(ScriptSpec script) throws SQLException {
    statements.update(
        "INSERT INTO scripts (tenant_id, agent_id, script_id, title, category, locale, stages, key_phrases, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)"
            + " ON CONFLICT (tenant_id, agent_id, script_id) DO UPDATE SET title = EXCLUDED.title,"
            + " category = EXCLUDED.category, locale = EXCLUDED.locale, stages = EXCLUDED.stages,"
            + " key_phrases = EXCLUDED.key_phrases, body = EXCLUDED.body",
        script.tenant(),
        script.agent(),
        script.id(),
        script.title(),
        script.category(),
        script.locale(),
        json.valueToTree(script.stages()).toString(),
        json.valueToTree(script.keyPhrases()).toString(),
        script.body());
  }
}
