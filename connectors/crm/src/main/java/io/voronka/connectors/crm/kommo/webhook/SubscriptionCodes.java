package io.voronka.connectors.crm.kommo.webhook;

import java.util.List;

/** Kommo's names for what an address can be told. */
public final class SubscriptionCodes {

  /**
   * All whose bodies {@link KommoWebhookDecoder} reads, the most usual first. Not every account has
   * them all: customers, talks and outgoing messages hang on brand and plan, and the names of the
   * three for incoming leads are seen in use but nowhere documented.
   */
  public static final List<String> UNDERSTOOD =
      List.of(
          "add_lead",
          "update_lead",
          "delete_lead",
          "restore_lead",
          "status_lead",
          "responsible_lead",
          "note_lead",
          "add_contact",
          "update_contact",
          "delete_contact",
          "restore_contact",
          "responsible_contact",
          "note_contact",
          "add_company",
          "update_company",
          "delete_company",
          "restore_company",
          "responsible_company",
          "note_company",
          "add_task",
          "update_task",
          "delete_task",
          "responsible_task",
          "add_message",
          "add_outgoing_message",
          "add_talk",
          "update_talk",
          "add_customer",
          "update_customer",
          "delete_customer",
          "responsible_customer",
          "note_customer",
          "add_chat_template_review",
          "add_unsorted",
          "update_unsorted",
          "delete_unsorted");

  private SubscriptionCodes() {}
}
