package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;

/**
 * What comes as {@code add[0][...]} without a top key: chat messages and reviews of WhatsApp
 * templates.
 */
final class UnwrappedReader implements EntityReader {
  private final MessageReader messages = new MessageReader(EventKind.MESSAGE_RECEIVED);

  @Override
  public boolean knows(String action) {
    return action.equals("add");
  }

  @Override
  public void read(String action, FormNode entity, Findings findings) {
    if (entity.child("chat_id") != null
        || entity.child("talk_id") != null
        || entity.child("contact_id") != null) {
      messages.read(action, entity, findings);
    } else if ("waba".equals(entity.text("type")) || entity.child("reviews") != null) {
      template(entity, findings);
    } else {
      findings.problem(NotUnderstood.Reason.UNKNOWN_TYPE);
    }
  }

  private static void template(FormNode template, Findings findings) {
    String id = findings.numberId(template.text("id"));
    if (id != null) {
      findings.event(
          new EventDraft(EventKind.TEMPLATE_REVIEWED, EntityType.TEMPLATE, id)
              .occurredAt(VendorTime.first(template, "updated_at", "created_at"))
              .fields(StandardFields.of(template))
              .identity(
                  "template", id, template.text("updated_at"), CanonicalPairs.hash(template)));
    }
  }
}
