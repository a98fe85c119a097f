package io.voronka.rules.explain;

import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.util.EnumMap;
import java.util.Map;

/** Kinds of events: that one happens, and its name. */
final class EnglishKinds {
  private static final Map<EventKind, String[]> WORDS = new EnumMap<>(EventKind.class);

  static {
    String table =
        """
        LEAD_CREATED|a lead is created|creation of the lead
        LEAD_UPDATED|a lead changes|change of the lead
        LEAD_STAGE_CHANGED|a lead enters a stage|entry into a stage
        LEAD_RESPONSIBLE_CHANGED|a lead gets another responsible user|change of the responsible user
        LEAD_DELETED|a lead is deleted|deletion of the lead
        LEAD_RESTORED|a lead is restored|restoration of the lead
        CONTACT_CREATED|a contact is created|new contact
        CONTACT_UPDATED|a contact changes|change of a contact
        CONTACT_RESPONSIBLE_CHANGED|a contact gets another responsible user|change of a contact's responsible user
        CONTACT_DELETED|a contact is deleted|deletion of a contact
        CONTACT_RESTORED|a contact is restored|restoration of a contact
        COMPANY_CREATED|a company is created|new company
        COMPANY_UPDATED|a company changes|change of a company
        COMPANY_RESPONSIBLE_CHANGED|a company gets another responsible user|change of a company's responsible user
        COMPANY_DELETED|a company is deleted|deletion of a company
        COMPANY_RESTORED|a company is restored|restoration of a company
        CUSTOMER_CREATED|a customer is created|new customer
        CUSTOMER_UPDATED|a customer changes|change of a customer
        CUSTOMER_RESPONSIBLE_CHANGED|a customer gets another responsible user|change of a customer's responsible user
        CUSTOMER_DELETED|a customer is deleted|deletion of a customer
        CUSTOMER_PERIOD_CHANGED|a customer enters another period|change of a customer's period
        TASK_CREATED|a task is created|new task
        TASK_UPDATED|a task changes|change of a task
        TASK_COMPLETED|a task is completed|completed task
        TASK_DELETED|a task is deleted|deletion of a task
        NOTE_ADDED|a note is added|new note
        CALL_RECEIVED|a call comes in|incoming call
        CALL_MADE|a call is made|outgoing call
        MESSAGE_RECEIVED|a message comes in|incoming message
        MESSAGE_SENT|a message is sent|outgoing message
        TALK_OPENED|a talk is opened|new talk
        TALK_UPDATED|a talk changes|change of a talk
        INCOMING_LEAD_ADDED|an incoming lead arrives|new incoming lead
        INCOMING_LEAD_UPDATED|an incoming lead changes|change of an incoming lead
        INCOMING_LEAD_ACCEPTED|an incoming lead is accepted|accepted incoming lead
        INCOMING_LEAD_DECLINED|an incoming lead is declined|declined incoming lead
        CATALOG_ITEM_CREATED|a list item is created|new list item
        CATALOG_ITEM_UPDATED|a list item changes|change of a list item
        CATALOG_ITEM_DELETED|a list item is deleted|deletion of a list item
        TEMPLATE_REVIEWED|a message template is reviewed|review of a message template
        MAIL_RECEIVED|a mail comes in|incoming mail
        SITE_VISITED|the site is visited|visit to the site
        CHAT_STARTED|a chat is started|new chat
        CALL_TRIGGERED|a call triggers the pipeline|call in the pipeline
        LEAD_IMPORTED|a lead is imported|lead imported
        CONTACT_IMPORTED|a contact is imported|contact imported
        COMPANY_IMPORTED|a company is imported|company imported
        INTEGRATION_UNINSTALLED|the integration is removed from the account|removal of the integration
        """;
    table
        .lines()
        .map(line -> line.split("\\|"))
        .forEach(words -> WORDS.put(EventKind.valueOf(words[0]), words));
  }

  private EnglishKinds() {}

  /** A clause: a lead is created. */
  static String happens(EventKind kind) {
    return WORDS.get(kind)[1];
  }

  /** A noun without article. */
  static String noun(EventKind kind) {
    return WORDS.get(kind)[2];
  }

  static String since(Anchor anchor) {
    return switch (anchor.kind()) {
      case STAGE_ENTRY -> "the lead's entry into its stage";
      case CREATION -> "the lead's creation";
      case EVENT -> "the last " + noun(anchor.event());
      case DATE_FIELD -> "the date in " + date(anchor.field());
    };
  }

  private static String date(FieldRef field) {
    return field.naming() == FieldRef.Naming.STANDARD
        ? "the field " + field.name()
        : EnglishFields.named(field);
  }
}
