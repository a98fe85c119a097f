package io.voronka.rules.domain.text;

import io.voronka.rules.domain.subject.Contacts;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.schemas.EntityType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A value that a text may name. */
record Variable(String name, Source source, FieldRef field) implements Term {
  /** For error messages. */
  static final String FORMS =
      "lead.id, lead.name, lead.price and the other standard fields, lead.field.<id>,"
          + " lead.code.<CODE>, lead.stage.name, lead.pipeline.name, lead.responsible.name,"
          + " the same fields of contact with contact.first_name and contact.last_name,"
          + " agent.id, agent.name, account.id, account.subdomain, tenant.id, tenant.name,"
          + " event.kind, event.text, event.entity_id, event.origin, event.chat_id, event.talk_id,"
          + " event.message_type, event.author.name";

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
    STAGE_NAME,
    PIPELINE_NAME,
    RESPONSIBLE_NAME,
    CONTACT_ID,
    CONTACT_FIELD,
    AGENT_ID,
    AGENT_NAME,
    ACCOUNT_ID,
    ACCOUNT_SUBDOMAIN,
    TENANT_ID,
    TENANT_NAME,
    EVENT_KIND,
    EVENT_ENTITY_ID,
    EVENT_FIELD
  }

  /**
   * @param path lead, name; lead, field, 600001
   * @return null when there is no such variable
   */
  static Variable at(List<String> path) {
    String name = String.join(".", path);
    Source plain = plain(name);
    if (plain != null) {
      return new Variable(name, plain, null);
    }
    String rest = path.size() < 2 ? "" : String.join(".", path.subList(1, path.size()));
    return switch (path.get(0)) {
      case "lead" -> field(name, Source.SUBJECT_FIELD, path, LEAD_FIELDS.contains(rest));
      case "contact" -> field(name, Source.CONTACT_FIELD, path, Contacts.FIELDS.contains(rest));
      case "event" ->
          EVENT_FIELDS.contains(rest)
              ? new Variable(name, Source.EVENT_FIELD, FieldRef.standard(rest))
              : null;
      default -> null;
    };
  }

  private static Source plain(String name) {
    return switch (name) {
      case "lead.id" -> Source.SUBJECT_ID;
      case "lead.stage.name" -> Source.STAGE_NAME;
      case "lead.pipeline.name" -> Source.PIPELINE_NAME;
      case "lead.responsible.name" -> Source.RESPONSIBLE_NAME;
      case "contact.id" -> Source.CONTACT_ID;
      case "agent.id" -> Source.AGENT_ID;
      case "agent.name" -> Source.AGENT_NAME;
      case "account.id" -> Source.ACCOUNT_ID;
      case "account.subdomain" -> Source.ACCOUNT_SUBDOMAIN;
      case "tenant.id" -> Source.TENANT_ID;
      case "tenant.name" -> Source.TENANT_NAME;
      case "event.kind" -> Source.EVENT_KIND;
      case "event.entity_id" -> Source.EVENT_ENTITY_ID;
      default -> null;
    };
  }

  private static Variable field(String name, Source source, List<String> path, boolean standard) {
    if (standard) {
      return new Variable(name, source, FieldRef.standard(path.get(1)));
    }
    if (path.size() != 3 || path.get(2).isEmpty()) {
      return null;
    }
    return switch (path.get(1)) {
      case "field" ->
          new Variable(name, source, FieldRef.customId(path.get(2), FieldRef.Part.TEXT));
      case "code" ->
          new Variable(name, source, FieldRef.customCode(path.get(2), FieldRef.Part.TEXT));
      default -> null;
    };
  }

  @Override
  public List<String> values(SubjectView view) {
    return switch (source) {
      case SUBJECT_ID -> one(view.subject().id());
      case SUBJECT_FIELD -> filled(texts(view, view.subject().type()));
      case CONTACT_ID -> one(view.contactId());
      case CONTACT_FIELD -> filled(texts(view, EntityType.CONTACT));
      case STAGE_NAME, PIPELINE_NAME, RESPONSIBLE_NAME -> one(named(view));
      case AGENT_ID -> one(view.agentId());
      case AGENT_NAME -> one(nameOf(view.agentId(), view.surroundings().agents()));
      case ACCOUNT_ID -> one(view.subject().accountId());
      case ACCOUNT_SUBDOMAIN -> one(view.surroundings().accountSubdomain());
      case TENANT_ID -> one(view.subject().tenantId());
      case TENANT_NAME -> one(view.surroundings().tenant().name());
      case EVENT_KIND ->
          view.event() == null ? null : one(view.event().getKind().name().toLowerCase(Locale.ROOT));
      case EVENT_ENTITY_ID -> view.event() == null ? null : one(view.event().getEntityId());
      case EVENT_FIELD -> filled(view.carried(field));
    };
  }

  private List<String> texts(SubjectView view, EntityType of) {
    List<String> texts = texts(view, field);
    FieldRef byId = texts == null ? view.surroundings().byId(of, field) : null;
    return byId == null ? texts : texts(view, byId);
  }

  private List<String> texts(SubjectView view, FieldRef ref) {
    return source == Source.CONTACT_FIELD ? view.contactTexts(ref) : view.texts(ref);
  }

  @Override
  public boolean needsEvent() {
    return switch (source) {
      case EVENT_KIND, EVENT_ENTITY_ID, EVENT_FIELD -> true;
      default -> false;
    };
  }

  /** The name of what the subject's state has the id of. */
  private String named(SubjectView view) {
    SubjectState state = view.after();
    Surroundings names = view.surroundings();
    return switch (source) {
      case STAGE_NAME -> names.stageName(state.pipelineId(), state.stageId());
      case PIPELINE_NAME -> names.pipelineName(state.pipelineId());
      default -> nameOf(state.text("responsible_user_id"), names.users());
    };
  }

  private static String nameOf(String id, Map<String, String> names) {
    return id == null ? null : names.get(id);
  }

  private static List<String> one(String text) {
    return text == null || text.isEmpty() ? null : List.of(text);
  }

  /** Leaves out empty values; null when nothing is left. */
  private static List<String> filled(List<String> texts) {
    if (texts == null || texts.isEmpty()) {
      return null;
    }
    if (texts.size() == 1) {
      return texts.get(0).isEmpty() ? null : texts;
    }
    List<String> filled = texts.stream().filter(text -> !text.isEmpty()).toList();
    return filled.isEmpty() ? null : filled;
  }
}
