package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.voronka.infra.sandbox.kommo.actions.TalkActions;
import io.voronka.infra.sandbox.kommo.model.Bot;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /api/v4/bots} and the older {@code /api/v2/salesbot/run}. */
final class BotsApi {
  private static final String PATH = "/api/v4/bots";
  private static final int MOST = 100;

  private BotsApi() {}

  private record Run(Bot bot, String entityType, long entityId) {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", PATH, BotsApi::list)
        .on("POST", PATH + "/run", BotsApi::runMany)
        .on("POST", PATH + "/{id}/run", BotsApi::runOne)
        .on("POST", PATH + "/{id}/stop", BotsApi::stop)
        .on("POST", "/api/v2/salesbot/run", BotsApi::runMany);
  }

  private static RestReply list(RestCall call) {
    return Pages.of(
        call,
        PATH,
        "bots",
        call.account().card().bots(),
        50,
        250,
        bot -> Json.object().put("id", bot.id()).put("name", bot.name()));
  }

  private static RestReply runMany(RestCall call) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      violations.of(String.valueOf(i));
      Optional<Bot> bot = bot(call, items.get(i).path("bot_id").asLong(0));
      if (bot.isEmpty()) {
        violations.notAChoice(i + ".bot_id");
      }
      runs.add(run(call, bot.orElse(null), items.get(i), i + ".", violations));
    }
    violations.check();
    runs.forEach(r -> TalkActions.runBot(call.changes(), r.bot(), r.entityType(), r.entityId()));
    return new RestReply(202, null);
  }

  private static RestReply runOne(RestCall call) {
    Bot bot = bot(call, call.id(0)).orElseThrow(RestProblem::notFound);
    Violations violations = new Violations();
    Run run = run(call, bot, call.item(), "", violations);
    violations.check();
    TalkActions.runBot(call.changes(), bot, run.entityType(), run.entityId());
    return new RestReply(202, TextNode.valueOf("Accepted"));
  }

  private static RestReply stop(RestCall call) {
    Bot bot = bot(call, call.id(0)).orElseThrow(RestProblem::notFound);
    call.changes()
        .effect(
            "stop_salesbot",
            "leads",
            call.item().path("entity_id").asLong(0),
            String.valueOf(bot.id()));
    return new RestReply(202, null);
  }

  private static Run run(
      RestCall call, Bot bot, JsonNode item, String path, Violations violations) {
    String type =
        switch (item.path("entity_type").asText("")) {
          case "leads", "2" -> "leads";
          case "contacts", "1" -> "contacts";
          default -> "";
        };
    long id = item.path("entity_id").asLong(0);
    if (type.isEmpty()) {
      violations.notAChoice(path + "entity_type");
    } else if (type.equals("leads")
        ? call.account().lead(id).isEmpty()
        : call.account().contact(id).isEmpty()) {
      violations.notAChoice(path + "entity_id");
    }
    return new Run(bot, type, id);
  }

  private static Optional<Bot> bot(RestCall call, long id) {
    return call.account().card().bots().stream().filter(b -> b.id() == id).findFirst();
  }
}
