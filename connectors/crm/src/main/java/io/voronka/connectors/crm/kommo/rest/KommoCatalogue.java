package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.KommoAnswers.id;
import static io.voronka.connectors.crm.kommo.rest.KommoAnswers.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.connectors.crm.FieldDefinition;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.Pipeline;
import io.voronka.connectors.crm.User;
import io.voronka.schemas.EntityType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Answers about pipelines, custom fields and users. A pipeline with a stage that cannot be read, or
 * a field with such a choice, is unreadable as a whole: half of one would look like a change.
 */
final class KommoCatalogue {
  private KommoCatalogue() {}

  static Page<Pipeline> pipelines(JsonNode json) {
    return page(json, "pipelines", KommoCatalogue::pipeline);
  }

  static Page<FieldDefinition> fields(JsonNode json, EntityType entity) {
    return page(json, "custom_fields", field -> field(field, entity));
  }

  static Page<User> users(JsonNode json) {
    return page(json, "users", KommoCatalogue::user);
  }

  /**
   * The items of an embedded list.
   *
   * @param reader null for an item that lacks what makes it usable
   */
  static <T> Page<T> page(JsonNode json, String name, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    int unreadable = 0;
    for (JsonNode item : json.path("_embedded").path(name)) {
      T read = reader.apply(item);
      if (read == null) {
        unreadable++;
      } else {
        items.add(read);
      }
    }
    return new Page<>(items, unreadable, json.path("_links").path("next").hasNonNull("href"));
  }

  private static Pipeline pipeline(JsonNode json) {
    String id = id(json);
    String name = text(json, "name");
    Page<Pipeline.Stage> statuses = page(json, "statuses", KommoCatalogue::stage);
    if (id == null || name == null || statuses.unreadable() > 0) {
      return null;
    }
    List<Pipeline.Stage> stages = new ArrayList<>(statuses.items());
    stages.sort(Comparator.comparingInt(Pipeline.Stage::sort));
    return new Pipeline(
        id,
        name,
        json.path("sort").asInt(),
        json.path("is_main").asBoolean(),
        json.path("is_archive").asBoolean(),
        stages);
  }

  private static Pipeline.Stage stage(JsonNode json) {
    String id = id(json);
    String name = text(json, "name");
    return id == null || name == null
        ? null
        : new Pipeline.Stage(id, name, json.path("sort").asInt(), json.path("type").asInt());
  }

  private static FieldDefinition field(JsonNode json, EntityType entity) {
    String id = id(json);
    String name = text(json, "name");
    String type = filled(json, "type");
    if (id == null || name == null || type == null) {
      return null;
    }
    List<FieldDefinition.Choice> choices = new ArrayList<>();
    for (JsonNode choice : json.path("enums")) {
      String choiceId = id(choice);
      String value = text(choice, "value");
      if (choiceId == null || value == null) {
        return null;
      }
      choices.add(
          new FieldDefinition.Choice(
              choiceId, value, choice.path("sort").asInt(), filled(choice, "code")));
    }
    return new FieldDefinition(entity, id, filled(json, "code"), name, type, choices);
  }

  /** Whether somebody is active or an administrator stands among the rights. */
  private static User user(JsonNode json) {
    String id = id(json);
    String name = text(json, "name");
    JsonNode rights = json.path("rights");
    return id == null || name == null
        ? null
        : new User(
            id,
            name,
            filled(json, "email"),
            rights.path("is_active").asBoolean(true),
            rights.path("is_admin").asBoolean());
  }

  private static String filled(JsonNode json, String name) {
    String text = text(json, name);
    return text == null || text.isEmpty() ? null : text;
  }
}
