package io.voronka.infra.local.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue as documents, for people who write rules. They are for reading: what they say is
 * changed in the CRM.
 */
public final class CatalogueDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CatalogueDocuments() {}

  /**
   * Documents of all accounts, each with its tenant and account.
   *
   * @param what pipelines, fields or users
   */
  public static List<ObjectNode> get(Connection connection, String what) throws SQLException {
    List<ObjectNode> documents = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet account =
            statement.executeQuery(
                "SELECT tenant_id, account_id FROM crm_accounts ORDER BY tenant_id, account_id")) {
      while (account.next()) {
        String tenant = account.getString("tenant_id");
        String id = account.getString("account_id");
        add(documents, what, tenant, id, new CatalogueTables(connection, tenant, id));
      }
    }
    return documents;
  }

  private static void add(
      List<ObjectNode> documents,
      String what,
      String tenant,
      String account,
      CatalogueTables tables)
      throws SQLException {
    switch (what) {
      case "pipelines" -> {
        for (Pipeline pipeline : tables.pipelines()) {
          documents.add(fill(head("Pipeline", tenant, account), pipeline));
        }
      }
      case "fields" -> {
        for (FieldDefinition field : tables.fields()) {
          documents.add(fill(head("Field", tenant, account), field));
        }
      }
      case "users" -> {
        for (User user : tables.users()) {
          documents.add(fill(head("User", tenant, account), user));
        }
      }
      default -> throw new IllegalArgumentException("no such part of a catalogue: " + what);
    }
  }

  private static ObjectNode head(String kind, String tenant, String account) {
    return JSON.createObjectNode().put("kind", kind).put("tenant", tenant).put("account", account);
  }

  private static ObjectNode fill(ObjectNode document, Pipeline pipeline) {
    document.put("id", number(pipeline.id())).put("name", pipeline.name());
    document.put("main", pipeline.main()).put("archived", pipeline.archived());
    var stages = document.putArray("stages");
    for (Pipeline.Stage stage : pipeline.stages()) {
      stages.addObject().put("id", number(stage.id())).put("name", stage.name());
    }
    return document;
  }

  private static ObjectNode fill(ObjectNode document, FieldDefinition field) {
    document.put("entity", CatalogueTables.word(field.entity()));
    document.put("id", number(field.id())).put("name", field.name()).put("type", field.type());
    if (field.code() != null) {
      document.put("code", field.code());
    }
    if (!field.choices().isEmpty()) {
      var choices = document.putArray("choices");
      for (FieldDefinition.Choice choice : field.choices()) {
        ObjectNode item =
            choices.addObject().put("id", number(choice.id())).put("value", choice.value());
        if (choice.code() != null) {
          item.put("code", choice.code());
        }
      }
    }
    return document;
  }

  private static ObjectNode fill(ObjectNode document, User user) {
    document.put("id", number(user.id())).put("name", user.name());
    if (user.email() != null) {
      document.put("email", user.email());
    }
    return document.put("active", user.active()).put("admin", user.admin());
  }

  private static long number(String id) {
    return Long.parseLong(id);
  }
}
