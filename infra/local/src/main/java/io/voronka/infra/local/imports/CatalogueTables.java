package io.voronka.infra.local.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.schemas.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables {@code crm_pipelines}, {@code crm_fields} and {@code crm_users}, for one account, in the
 * caller's transaction.
 */
final class CatalogueTables {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OF_ACCOUNT = " WHERE tenant_id = ? AND account_id = ?";

  private final Connection connection;
  private final String tenantId;
  private final String accountId;

  CatalogueTables(Connection connection, String tenantId, String accountId) {
    this.connection = connection;
    this.tenantId = tenantId;
    this.accountId = accountId;
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  List<Pipeline> pipelines() throws SQLException {
    return rows(
        "SELECT * FROM crm_pipelines" + OF_ACCOUNT + " ORDER BY sort, pipeline_id",
        row ->
            new Pipeline(
                row.getString("pipeline_id"),
                row.getString("name"),
                row.getInt("sort"),
                row.getBoolean("main"),
                row.getBoolean("archived"),
                stages(row.getString("stages"))));
  }

  List<FieldDefinition> fields() throws SQLException {
    return rows(
        "SELECT * FROM crm_fields" + OF_ACCOUNT + " ORDER BY entity_type, field_id",
        row ->
            new FieldDefinition(
                ImportedKind.of(row.getString("entity_type")).type(),
                row.getString("field_id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("type"),
                choices(row.getString("choices"))));
  }

  List<User> users() throws SQLException {
    return rows(
        "SELECT * FROM crm_users" + OF_ACCOUNT + " ORDER BY user_id",
        row ->
            new User(
                row.getString("user_id"),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("active"),
                row.getBoolean("admin")));
  }

  void put(Pipeline pipeline) throws SQLException {
    update(
        "INSERT INTO crm_pipelines (tenant_id, account_id, pipeline_id, name, sort, main, archived, stages)"
            + " VALUES (?, ?, ?::bigint, ?, ?, ?, ?, ?::jsonb)"
            + " ON CONFLICT (tenant_id, account_id, pipeline_id) DO UPDATE SET name = EXCLUDED.name,"
            + " sort = EXCLUDED.sort, main = EXCLUDED.main, archived = EXCLUDED.archived,"
            + " stages = EXCLUDED.stages",
        pipeline.id(),
        pipeline.name(),
        pipeline.sort(),
        pipeline.main(),
        pipeline.archived(),
        stages(pipeline.stages()));
  }

  void put(FieldDefinition field) throws SQLException {
    update(
        "INSERT INTO crm_fields (tenant_id, account_id, entity_type, field_id, code, name, type, choices)"
            + " VALUES (?, ?, ?, ?::bigint, ?, ?, ?, ?::jsonb)"
            + " ON CONFLICT (tenant_id, account_id, entity_type, field_id) DO UPDATE SET"
            + " code = EXCLUDED.code, name = EXCLUDED.name, type = EXCLUDED.type,"
            + " choices = EXCLUDED.choices",
        word(field.entity()),
        field.id(),
        field.code(),
        field.name(),
        field.type(),
        choices(field.choices()));
  }

  void put(User user) throws SQLException {
    update(
        "INSERT INTO crm_users (tenant_id, account_id, user_id, name, email, active, admin)"
            + " VALUES (?, ?, ?::bigint, ?, ?, ?, ?)"
            + " ON CONFLICT (tenant_id, account_id, user_id) DO UPDATE SET name = EXCLUDED.name,"
            + " email = EXCLUDED.email, active = EXCLUDED.active, admin = EXCLUDED.admin",
        user.id(),
        user.name(),
        user.email(),
        user.active(),
        user.admin());
  }

  void remove(Pipeline pipeline) throws SQLException {
    update(
        "DELETE FROM crm_pipelines" + OF_ACCOUNT + " AND pipeline_id = ?::bigint", pipeline.id());
  }

  void remove(FieldDefinition field) throws SQLException {
    update(
        "DELETE FROM crm_fields" + OF_ACCOUNT + " AND entity_type = ? AND field_id = ?::bigint",
        word(field.entity()),
        field.id());
  }

  void remove(User user) throws SQLException {
    update("DELETE FROM crm_users" + OF_ACCOUNT + " AND user_id = ?::bigint", user.id());
  }

  /** The vendor's word for a kind of entity, as in its paths. */
  static String word(EntityType type) {
    return switch (type) {
      case LEAD -> ImportedKind.LEADS.word();
      case CONTACT -> ImportedKind.CONTACTS.word();
      case COMPANY -> ImportedKind.COMPANIES.word();
      default -> throw new IllegalArgumentException("no lead, contact or company but " + type);
    };
  }

  private <T> List<T> rows(String sql, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, tenantId);
      query.setString(2, accountId);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
    }
    return found;
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenantId);
      statement.setString(2, accountId);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 3, values[i]);
      }
      statement.executeUpdate();
    }
  }

  static List<Pipeline.Stage> stages(String json) {
    List<Pipeline.Stage> stages = new ArrayList<>();
    for (JsonNode stage : tree(json)) {
      stages.add(
          new Pipeline.Stage(
              stage.path("id").asText(),
              stage.path("name").asText(),
              stage.path("sort").asInt(),
              stage.path("type").asInt()));
    }
    return stages;
  }

  private static String stages(List<Pipeline.Stage> stages) {
    ArrayNode list = JSON.createArrayNode();
    for (Pipeline.Stage stage : stages) {
      list.addObject()
          .put("id", Long.parseLong(stage.id()))
          .put("name", stage.name())
          .put("sort", stage.sort())
          .put("type", stage.type());
    }
    return list.toString();
  }

  static List<FieldDefinition.Choice> choices(String json) {
    List<FieldDefinition.Choice> choices = new ArrayList<>();
    for (JsonNode choice : tree(json)) {
      choices.add(
          new FieldDefinition.Choice(
              choice.path("id").asText(),
              choice.path("value").asText(),
              choice.path("sort").asInt(),
              choice.path("code").textValue()));
    }
    return choices;
  }

  private static String choices(List<FieldDefinition.Choice> choices) {
    ArrayNode list = JSON.createArrayNode();
    for (FieldDefinition.Choice choice : choices) {
      ObjectNode item =
          list.addObject()
              .put("id", Long.parseLong(choice.id()))
              .put("value", choice.value())
              .put("sort", choice.sort());
      if (choice.code() != null) {
        item.put("code", choice.code());
      }
    }
    return list.toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column is always JSON", e);
    }
  }
}
