package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.KommoAnswers.id;
import static io.voronka.connectors.crm.kommo.rest.KommoAnswers.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.connectors.crm.Card;
import io.voronka.connectors.crm.Page;
import io.voronka.connectors.crm.kommo.form.NestedText;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leads, contacts and companies in the words of webhooks. The two interfaces of Kommo name the same
 * things differently: who made an entity is {@code created_by} here and {@code created_user_id}
 * there.
 */
final class KommoCards {
  /** The year 5138: a larger number is no time in seconds. */
  private static final long LATEST = 100_000_000_000L;

  /** Names that webhooks have for the same thing; the times they send under both names. */
  private static final Map<String, List<String>> IN_WEBHOOKS =
      Map.of(
          "created_by", List.of("created_user_id"),
          "updated_by", List.of("modified_user_id"),
          "created_at", List.of("created_at", "date_create"),
          "updated_at", List.of("updated_at", "last_modified"));

  /** Says nothing of an entity that is listed. */
  private static final Set<String> LEFT_OUT = Set.of("is_deleted");

  private static final Set<String> OF_A_CHOICE = Set.of("enum_id", "enum_code");

  private KommoCards() {}

  /**
   * @param type LEAD, CONTACT or COMPANY
   */
  static Page<Card> page(JsonNode json, EntityType type) {
    return KommoCatalogue.page(json, listName(type), card -> card(card, type));
  }

  /** Null without an id or a time of change: it could neither be named nor ordered. */
  private static Card card(JsonNode json, EntityType type) {
    String id = id(json);
    long updatedAt = json.path("updated_at").asLong();
    if (id == null || updatedAt <= 0 || updatedAt >= LATEST) {
      return null;
    }
    JsonNode embedded = json.path("_embedded");
    return new Card(
        type,
        id,
        Instant.ofEpochSecond(updatedAt),
        text(json, "updated_by"),
        fields(json, type, embedded),
        customFields(json.path("custom_fields_values")),
        tags(embedded.path("tags")),
        links(type, embedded));
  }

  private static Map<String, String> fields(JsonNode json, EntityType type, JsonNode embedded) {
    Map<String, String> fields = new HashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = json.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      JsonNode value = field.getValue();
      if (value.isValueNode() && !value.isNull() && !LEFT_OUT.contains(field.getKey())) {
        for (String name : IN_WEBHOOKS.getOrDefault(field.getKey(), List.of(field.getKey()))) {
          fields.put(name, value.asText());
        }
      }
    }
    if (type != EntityType.LEAD) {
      fields.put("type", type == EntityType.COMPANY ? "company" : "contact");
    }
    String company = id(embedded.path("companies").path(0));
    if (type == EntityType.CONTACT && company != null) {
      fields.put("linked_company_id", company);
    }
    return fields;
  }

  private static List<CustomField> customFields(JsonNode json) {
    List<CustomField> fields = new ArrayList<>();
    for (JsonNode field : json) {
      String id = text(field, "field_id");
      if (id != null) {
        List<FieldValue> values = new ArrayList<>();
        for (JsonNode value : field.path("values")) {
          values.add(
              new FieldValue(valueText(value), text(value, "enum_id"), text(value, "enum_code")));
        }
        fields.add(
            new CustomField(id, text(field, "field_code"), text(field, "field_name"), values));
      }
    }
    return fields;
  }

  /** In the words of webhooks; a value with parts of its own is all of them in one text. */
  private static String valueText(JsonNode value) {
    JsonNode own = value.path("value");
    if (own.isMissingNode()) {
      return NestedText.of(value, name -> !OF_A_CHOICE.contains(name));
    }
    return own.isContainerNode() ? NestedText.of(own, any -> true) : NestedText.leaf(own);
  }

  private static List<Tag> tags(JsonNode json) {
    List<Tag> tags = new ArrayList<>();
    for (JsonNode tag : json) {
      if (tag.hasNonNull("name")) {
        tags.add(new Tag(text(tag, "id"), text(tag, "name")));
      }
    }
    return tags;
  }

  private static List<EntityRef> links(EntityType type, JsonNode embedded) {
    List<EntityRef> links = new ArrayList<>();
    if (type == EntityType.LEAD) {
      for (JsonNode contact : embedded.path("contacts")) {
        String id = id(contact);
        if (id != null) {
          int place = contact.path("is_main").asBoolean() ? 0 : links.size();
          links.add(place, new EntityRef(EntityType.CONTACT, id));
        }
      }
    }
    if (type != EntityType.COMPANY) {
      link(EntityType.COMPANY, embedded.path("companies"), links);
    }
    if (type != EntityType.LEAD) {
      link(EntityType.LEAD, embedded.path("leads"), links);
    }
    return links;
  }

  private static void link(EntityType type, JsonNode entities, List<EntityRef> links) {
    for (JsonNode entity : entities) {
      String id = id(entity);
      if (id != null) {
        links.add(new EntityRef(type, id));
      }
    }
  }

  private static String listName(EntityType type) {
    return switch (type) {
      case LEAD -> "leads";
      case CONTACT -> "contacts";
      case COMPANY -> "companies";
      default -> throw new IllegalArgumentException("no lead, contact or company but " + type);
    };
  }
}
