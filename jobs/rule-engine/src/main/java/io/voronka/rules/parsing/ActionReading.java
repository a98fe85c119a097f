package io.voronka.rules.parsing;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.action.WebhookHeader;
import io.voronka.rules.domain.text.Text;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.Urgency;
import io.voronka.schemas.WebhookAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the list of actions. */
public final class ActionReading {
  /** All kinds of effects, as definitions name them. */
  public static final List<String> KINDS =
      List.of(
          "change_stage",
          "update_field",
          "create_task",
          "send_message",
          "webhook",
          "send_email",
          "ai_response",
          "add_note",
          "add_tags",
          "run_salesbot",
          "start_sequence",
          "stop_sequence");

  private static final Duration WANTED_FOR = Duration.ofHours(24);

  private static final Text CONTACTS_ADDRESS = own("{{ contact.code.EMAIL | first }}");
  private static final Text CLIENTS_MESSAGE = own("{{ event.text }}");

  private final Set<String> keys = new HashSet<>();

  List<ActionTemplate> read(Node actions) {
    List<ActionTemplate> read = new ArrayList<>();
    for (Node action : actions.items()) {
      action(action).ifPresent(read::add);
    }
    return read;
  }

  private Optional<ActionTemplate> action(Node node) {
    String key = node.text("key");
    if (key != null && !keys.add(key)) {
      node.at("key").problem("another action of this rule has the key " + key);
    }
    return template(node, node, KINDS, key);
  }

  /**
   * One effect with its urgency and its deadline.
   *
   * @param effects where the effect is, under one of the kinds
   * @param key null when there is none, which somebody has complained of
   * @return empty when something is wrong with it
   */
  public static Optional<ActionTemplate> template(
      Node node, Node effects, List<String> kinds, String key) {
    long notAfter = Durations.millis(node.at("not_after"), WANTED_FOR);
    List<String> named = kinds.stream().filter(effects::has).toList();
    if (named.size() != 1) {
      effects.problem("exactly one of " + String.join(", ", kinds) + " is expected");
      return Optional.empty();
    }
    Effect effect = effect(named.get(0), effects.at(named.get(0)));
    if (key == null || effect == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ActionTemplate(node.pointer(), key, urgency(node, effect), notAfter, effect));
  }

  private static Urgency urgency(Node node, Effect effect) {
    String named = node.text("urgency");
    if (named == null) {
      return effect instanceof Effect.SayInTalk || effect instanceof Effect.Answer
          ? Urgency.INTERACTIVE
          : Urgency.NORMAL;
    }
    return switch (named) {
      case "interactive" -> Urgency.INTERACTIVE;
      case "bulk" -> Urgency.BULK;
      default -> Urgency.NORMAL;
    };
  }

  private static Effect sequence(ActionKind kind, Node node) {
    return new Effect.CallSequence(
        kind, node.text("sequence"), node.has("key") ? text(node.at("key")) : null);
  }

  private static Effect effect(String kind, Node node) {
    return switch (kind) {
      case "change_stage" -> new Effect.MoveStage(node.text("pipeline"), node.text("stage"));
      case "update_field" -> new Effect.WriteFields(WriteReading.read(node.at("writes")));
      case "create_task" ->
          new Effect.AskTask(
              said(node.at("text")),
              Durations.millis(node.at("due"), WANTED_FOR),
              node.text("task_type"),
              node.text("responsible_user"));
      case "send_message" -> new Effect.SayInTalk(said(node.at("text")), node.text("talk"));
      case "webhook" -> webhook(node);
      case "send_email" ->
          new Effect.Mail(
              node.text("sender"),
              node.has("to") ? address(node.at("to")) : CONTACTS_ADDRESS,
              text(node.at("subject")),
              text(node.at("text")),
              node.has("html") ? text(node.at("html")) : null);
      case "ai_response" ->
          new Effect.Answer(
              node.has("question") ? text(node.at("question")) : CLIENTS_MESSAGE,
              node.text("talk"));
      case "add_note" -> new Effect.WriteNote(said(node.at("text")));
      case "add_tags" ->
          new Effect.Tag(
              node.at("tags").items().stream().flatMap(tag -> asItIs(tag).stream()).toList());
      case "start_sequence" -> sequence(ActionKind.START_SEQUENCE, node);
      case "stop_sequence" -> sequence(ActionKind.STOP_SEQUENCE, node);
      default -> new Effect.StartBot(node.text("bot"));
    };
  }

  private static Effect webhook(Node node) {
    node.at("url").text().ifPresent(url -> checkAddress(node.at("url"), url));
    String contentType = node.text("content_type");
    return new Effect.CallAddress(
        node.text("url"),
        headers(node.at("headers")),
        contentType == null ? "application/json" : contentType.toLowerCase(Locale.ROOT),
        node.has("body") ? text(node.at("body")) : Text.literal(""),
        node.text("sign_with"));
  }

  private static Map<String, String> headers(Node node) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Node> header : node.members().entrySet()) {
      String name = header.getKey();
      String value = asItIs(header.getValue()).orElse(null);
      if (value != null) {
        WebhookHeader.problem(name, value).ifPresent(header.getValue()::problem);
        headers.put(name, value);
      }
    }
    return headers;
  }

  private static void checkAddress(Node node, String url) {
    try {
      URI uri = WebhookAddress.parse(url);
      boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        node.problem("an absolute http or https address is expected");
      } else if (uri.getPort() == 0 || uri.getPort() > WebhookAddress.LAST_PORT) {
        node.problem("there is no port " + uri.getPort());
      } else if (uri.getUserInfo() != null) {
        node.problem("an address without user and password is expected");
      }
    } catch (URISyntaxException e) {
      node.problem("not an address: " + e.getMessage());
    }
  }

  private static Text own(String text) {
    return Text.parse(
        text,
        problem -> {
          throw new IllegalStateException(problem);
        });
  }

  /** A text that would be sent with its braces. */
  private static Optional<String> asItIs(Node node) {
    Optional<String> text = node.text();
    if (text.filter(t -> t.contains("{{") || t.contains("{%")).isPresent()) {
      node.problem("takes no variables");
    }
    return text;
  }

  private static Text address(Node node) {
    Text text = text(node);
    if (text.constant() && !text.toString().matches("[^\\s@,;]+@[^\\s@,;]+")) {
      node.problem("one address is expected");
    }
    return text;
  }

  /** A text that the CRM does not take when there is nothing in it. */
  private static Text said(Node node) {
    Text text = text(node);
    if (node.text().filter(t -> !t.isEmpty() && t.isBlank()).isPresent()) {
      node.problem("a text with letters is expected");
    }
    return text;
  }

  /** A text that may name variables. */
  public static Text text(Node node) {
    return Text.parse(node.text().orElse(""), node::problem);
  }
}
