package io.voronka.infra.local.why;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.Answer;
import io.voronka.rules.why.Fate;
import io.voronka.rules.why.Judged;
import io.voronka.schemas.DecisionIds;
import io.voronka.schemas.Subject;
import java.time.Instant;
import java.util.Locale;

/** An answer as data. Times are ISO 8601; what is not known is left out. */
public final class AnswerJson {
  private AnswerJson() {}

  public static ObjectNode of(Answer answer) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("rule", answer.question().ruleId());
    answer.rule().ifPresent(rule -> root.put("version", rule.version()));
    root.put("tenant", answer.question().subject().tenantId());
    root.put("account", answer.question().subject().accountId());
    root.put("lead", answer.question().subject().id());
    time(root, "at", answer.question().at());
    root.put("reason", lower(answer.reason()));
    answer.judged().ifPresent(judged -> judged(root.putObject("verdict"), answer, judged));
    if (!answer.fates().isEmpty()) {
      ArrayNode actions = root.putArray("actions");
      answer.fates().forEach(fate -> fate(actions.addObject(), fate));
    }
    time(root, "since", answer.span().since());
    time(root, "until", answer.span().until());
    answer.detail().ifPresent(detail -> root.put("detail", detail));
    answer.lastFired().ifPresent(at -> time(root, "last_fired", at));
    root.put("complete", answer.complete());
    ObjectNode text = root.putObject("text");
    for (Language language : Language.values()) {
      text.put(lower(language), answer.text(language));
    }
    return root;
  }

  private static void judged(ObjectNode node, Answer answer, Judged judged) {
    Subject subject = answer.question().subject();
    node.put("outcome", lower(judged.verdict().getOutcome()));
    node.put("decision", DecisionIds.of(subject, judged.eventId(), judged.verdict()));
    node.put("set_version", judged.setVersion());
    time(node, "at", judged.at());
    node.put("event", lower(judged.event()));
    node.put("event_id", judged.eventId());
    node.put("rebuilt", judged.rebuilt());
    node.put("clause", judged.verdict().getClause());
    node.put("expected", judged.verdict().getExpected());
    node.put("actual", judged.verdict().getActual());
  }

  private static void fate(ObjectNode node, Fate fate) {
    node.put("id", fate.actionId());
    node.put("key", fate.key());
    node.put("kind", lower(fate.kind()));
    node.put("outcome", fate.outcome() == null ? null : lower(fate.outcome()));
    node.put("reason", fate.reason());
    time(node, "at", fate.at());
    time(node, "expectedAt", fate.expectedAt());
  }

  private static void time(ObjectNode node, String name, long millis) {
    if (millis != 0) {
      node.put(name, Instant.ofEpochMilli(millis).toString());
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
