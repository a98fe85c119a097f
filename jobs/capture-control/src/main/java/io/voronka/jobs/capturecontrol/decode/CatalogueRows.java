package io.voronka.jobs.capturecontrol.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.PipelineRow;
import io.voronka.schemas.StageRow;
import io.voronka.schemas.UserRow;
import java.util.ArrayList;
import java.util.List;

/** The catalogue's tables: pipelines with their stages, fields with their choices, users. */
final class CatalogueRows {
  private final ObjectMapper json;

  CatalogueRows(ObjectMapper json) {
    this.json = json;
  }

  PipelineRow pipeline(Columns row) throws RejectedRowException {
    List<StageRow> stages = new ArrayList<>();
    for (JsonNode stage : items(row, "stages", "name", RejectReason.BAD_STAGES)) {
      stages.add(
          StageRow.newBuilder()
              .setStageId(stage.get("id").asText())
              .setName(stage.get("name").textValue())
              .setSort(stage.path("sort").asInt())
              .setType(stage.path("type").asInt())
              .build());
    }
    return PipelineRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAccountId(row.text("account_id"))
        .setPipelineId(row.text("pipeline_id"))
        .setName(row.text("name"))
        .setSort(row.integer("sort"))
        .setMain(row.flag("main"))
        .setArchived(row.flag("archived"))
        .setStages(stages)
        .build();
  }

  FieldRow field(Columns row) throws RejectedRowException {
    List<FieldChoice> choices = new ArrayList<>();
    for (JsonNode choice : items(row, "choices", "value", RejectReason.BAD_CHOICES)) {
      choices.add(
          FieldChoice.newBuilder()
              .setId(choice.get("id").asText())
              .setValue(choice.get("value").textValue())
              .setSort(choice.path("sort").asInt())
              .setCode(choice.path("code").textValue())
              .build());
    }
    return FieldRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAccountId(row.text("account_id"))
        .setEntityType(entityType(row))
        .setFieldId(row.text("field_id"))
        .setCode(row.orNull("code"))
        .setName(row.text("name"))
        .setType(row.text("type"))
        .setChoices(choices)
        .build();
  }

  static UserRow user(Columns row) throws RejectedRowException {
    return UserRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAccountId(row.text("account_id"))
        .setUserId(row.text("user_id"))
        .setName(row.text("name"))
        .setEmail(row.orNull("email"))
        .setActive(row.flag("active"))
        .setAdmin(row.flag("admin"))
        .build();
  }

  /** The vendor's word as ours. */
  static EntityType entityType(Columns row) throws RejectedRowException {
    return switch (row.text("entity_type")) {
      case "leads" -> EntityType.LEAD;
      case "contacts" -> EntityType.CONTACT;
      case "companies" -> EntityType.COMPANY;
      default ->
          throw new RejectedRowException(
              RejectReason.BAD_VALUE, row.table() + ".entity_type is no kind of entity");
    };
  }

  private JsonNode items(Columns row, String column, String named, RejectReason reason)
      throws RejectedRowException {
    JsonNode list;
    try {
      list = json.readTree(row.text(column));
    } catch (JsonProcessingException e) {
      throw new RejectedRowException(reason, row.table() + "." + column + " is not JSON");
    }
    if (!list.isArray()) {
      throw new RejectedRowException(reason, row.table() + "." + column + " is not a list");
    }
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).path("id").canConvertToExactIntegral()
          || !list.get(i).path(named).isTextual()) {
        throw new RejectedRowException(
            reason, "%s.%s[%d] lacks id or %s".formatted(row.table(), column, i, named));
      }
    }
    return list;
  }
}
