package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code crm_fields}, which {@code voronka import} writes. */
final class FieldTable {
  private FieldTable() {}

  /** By tenant/account; accounts that were never imported are missing. */
  static Map<String, FieldCatalogue> read(Connection connection, ObjectMapper json)
      throws SQLException {
    Map<String, List<FieldRow>> rows = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM crm_fields");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        FieldRow field = field(row, json);
        String account = field.getTenantId() + "/" + field.getAccountId();
        rows.computeIfAbsent(account, key -> new ArrayList<>()).add(field);
      }
    }
    Map<String, FieldCatalogue> catalogues = new TreeMap<>();
    rows.forEach((account, fields) -> catalogues.put(account, FieldCatalogue.of(fields)));
    return catalogues;
  }

  private static FieldRow field(ResultSet row, ObjectMapper json) throws SQLException {
    return FieldRow.newBuilder()
        .setTenantId(row.getString("tenant_id"))
        .setAccountId(row.getString("account_id"))
        .setEntityType(entityType(row.getString("entity_type")))
        .setFieldId(row.getString("field_id"))
        .setCode(row.getString("code"))
        .setName(row.getString("name"))
        .setType(row.getString("type"))
        .setChoices(choices(row.getString("choices"), json))
        .build();
  }

  /** The table has no other words. */
  private static EntityType entityType(String word) {
    return switch (word) {
      case "contacts" -> EntityType.CONTACT;
      case "companies" -> EntityType.COMPANY;
      default -> EntityType.LEAD;
    };
  }

  private static List<FieldChoice> choices(String text, ObjectMapper json) throws SQLException {
    List<FieldChoice> choices = new ArrayList<>();
    try {
      for (JsonNode choice : json.readTree(text)) {
        choices.add(
            FieldChoice.newBuilder()
                .setId(choice.path("id").asText())
                .setValue(choice.path("value").asText())
                .setCode(choice.path("code").textValue())
                .build());
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("crm_fields.choices is no JSON", e);
    }
    return choices;
  }
}
