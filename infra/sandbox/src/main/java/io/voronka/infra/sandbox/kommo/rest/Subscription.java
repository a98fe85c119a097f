package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Subscribes an address, for an integration or for an administrator at the screen. */
public final class Subscription {
  private static final int MOST = 100;

  private static final Set<String> CODES =
      Set.of(
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
          "add_customer",
          "update_customer",
          "delete_customer",
          "responsible_customer",
          "note_customer",
          "add_task",
          "update_task",
          "delete_task",
          "responsible_task",
          "add_talk",
          "update_talk",
          "add_chat_template_review",
          "add_message",
          "add_outgoing_message");

  private Subscription() {}

  /**
   * Makes or replaces the subscription of one destination; a disabled one is on again.
   *
   * @throws RestProblem when address, codes or their number will not do
   */
  public static Webhook upsert(Changes changes, JsonNode item) {
    KommoAccount account = changes.account();
    String destination = item.path("destination").asText("");
    if (!valid(destination)) {
      throw RestProblem.badRequest("Invalid URL");
    }
    Violations violations = new Violations();
    List<String> settings = new ArrayList<>();
    JsonNode given = item.path("settings");
    if (!given.isArray() || given.isEmpty()) {
      violations.missing("settings");
    }
    for (int i = 0; i < given.size(); i++) {
      if (!CODES.contains(given.get(i).asText())) {
        violations.notAChoice("settings." + i);
      }
      settings.add(given.get(i).asText());
    }
    violations.check();
    Optional<Webhook> old = find(account, destination);
    if (old.isEmpty() && account.webhooks().size() >= MOST) {
      throw RestProblem.unprocessable("Webhooks limit exceeded");
    }
    Webhook webhook =
        new Webhook(
            old.map(Webhook::id).orElseGet(account::newId),
            destination,
            settings,
            item.path("sort").asInt(10),
            changes.actor().userId(),
            old.map(Webhook::createdAt).orElse(changes.seconds()),
            changes.seconds(),
            false);
    changes.put(ChangeKind.WEBHOOK, webhook);
    changes.effect("subscribe_webhook", "", 0, String.valueOf(webhook.id()));
    return webhook;
  }

  static Optional<Webhook> find(KommoAccount account, String destination) {
    return account.webhooks().stream().filter(w -> w.destination().equals(destination)).findFirst();
  }

  private static boolean valid(String destination) {
    try {
      URI uri = new URI(destination);
      String scheme = String.valueOf(uri.getScheme());
      // Plain http is taken too: the receivers of a sandbox live on this machine.
      return scheme.matches("https?")
          && uri.getHost() != null
          && uri.getHost().chars().allMatch(c -> c < 128);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
