package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A value that a text may name. */
record Variable(String name, Source source, FieldRef field) {
  /** For error messages. */
  static final String FORMS =
      "lead.id, lead.name, lead.price and the other standard fields, lead.field.<id>,"
          + " lead.code.<CODE>, event.kind, event.text, event.entity_id";

  private static final Set<String> LEAD_FIELDS =
      Set.of(
          "name",
          "price",
          "status_id",
          "pipeline_id",
          "responsible_user_id",
          "created_user_id",
          "modified_user_id",
          "date_create",
          "last_modified",
          "created_at",
          "updated_at",
          "company_name");
  private static final Set<String> EVENT_FIELDS =
      Set.of("text", "origin", "chat_id", "talk_id", "message_type", "author.name");

  /** Where the value comes from. */
  enum Source {
    SUBJECT_ID,
    SUBJECT_FIELD,
    EVENT_KIND,
    EVENT_ENTITY_ID,
    EVENT_FIELD
  }

  /** Null when there is no such variable. */
  static Variable named(String name) {
    if (name.equals("lead.id")) {
      return new Variable(name, Source.SUBJECT_ID, null);
    }
    if (name.equals("event.kind")) {
      return new Variable(name, Source.EVENT_KIND, null);
    }
    if (name.equals("event.entity_id")) {
      return new Variable(name, Source.EVENT_ENTITY_ID, null);
    }
    if (name.startsWith("lead.field.") && name.length() > 11) {
      return subject(name, FieldRef.customId(name.substring(11), FieldRef.Part.TEXT));
    }
    if (name.startsWith("lead.code.") && name.length() > 10) {
      return subject(name, FieldRef.customCode(name.substring(10), FieldRef.Part.TEXT));
    }
    if (name.startsWith("lead.") && LEAD_FIELDS.contains(name.substring(5))) {
      return subject(name, FieldRef.standard(name.substring(5)));
    }
    if (name.startsWith("event.") && EVENT_FIELDS.contains(name.substring(6))) {
      return new Variable(name, Source.EVENT_FIELD, FieldRef.standard(name.substring(6)));
    }
    return null;
  }

  /** Null when unknown. */
  String read(SubjectView view) {
    return switch (source) {
      case SUBJECT_ID -> view.subject().id();
      case SUBJECT_FIELD -> joined(view.texts(field));
      case EVENT_KIND ->
          view.event() == null ? null : view.event().getKind().name().toLowerCase(Locale.ROOT);
      case EVENT_ENTITY_ID -> view.event() == null ? null : view.event().getEntityId();
      case EVENT_FIELD -> joined(view.carried(field));
    };
  }

  private static Variable subject(String name, FieldRef field) {
    return new Variable(name, Source.SUBJECT_FIELD, field);
  }

  private static String joined(List<String> texts) {
    return texts == null ? null : String.join(", ", texts);
  }
}
