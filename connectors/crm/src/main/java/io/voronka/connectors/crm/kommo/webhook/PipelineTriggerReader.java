package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;

/**
 * The hook of an integration that stands in the Digital Pipeline itself: {@code event[type],
 * event[data][...]}.
 */
final class PipelineTriggerReader {
  private PipelineTriggerReader() {}

  static void read(FormNode event, Findings findings) {
    FormNode data = event.child("data");
    String id = findings.numberId(data == null ? null : data.text("id"));
    if (id == null) {
      return;
    }
    EventKind kind = kind(event.text("type"), event.text("type_code"));
    if (kind == EventKind.UNKNOWN) {
      findings.problem(NotUnderstood.Reason.UNKNOWN_TYPE);
      return;
    }
    EntityType named = ElementTypes.of(data.text("element_type"));
    EntityType type =
        named == EntityType.CUSTOMER || named == EntityType.UNKNOWN && isAboutCustomer(kind)
            ? EntityType.CUSTOMER
            : EntityType.LEAD;
    StandardFields fields = StandardFields.of(data);
    for (String name : new String[] {"type", "type_code", "time"}) {
      if (event.text(name) != null) {
        fields.now().put("trigger." + name, event.text(name));
      }
    }
    findings.event(
        new EventDraft(kind, type, id)
            .occurredAt(VendorTime.first(event, "time"))
            .fields(fields)
            .identity("trigger", kind.name(), id, event.text("time"), CanonicalPairs.hash(event)));
  }

  private static boolean isAboutCustomer(EventKind kind) {
    return kind == EventKind.CUSTOMER_CREATED || kind == EventKind.CUSTOMER_PERIOD_CHANGED;
  }

  private static EventKind kind(String type, String typeCode) {
    EventKind kind = kind(type);
    return kind == EventKind.UNKNOWN ? kind(typeCode) : kind;
  }

  private static EventKind kind(String type) {
    return switch (type == null ? "" : type) {
      case "1", "lead_added" -> EventKind.LEAD_CREATED;
      case "14", "lead_status_changed", "15", "lead_appeared_in_status" ->
          EventKind.LEAD_STAGE_CHANGED;
      case "16", "mail_in" -> EventKind.MAIL_RECEIVED;
      case "17", "call_in" -> EventKind.CALL_TRIGGERED;
      case "18", "site_visit" -> EventKind.SITE_VISITED;
      case "19", "chat" -> EventKind.CHAT_STARTED;
      case "20", "customer_added" -> EventKind.CUSTOMER_CREATED;
      case "21", "customer_period_changed", "22", "customer_appeared_in_period" ->
          EventKind.CUSTOMER_PERIOD_CHANGED;
      default -> EventKind.UNKNOWN;
    };
  }
}
