package io.voronka.infra.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.sequences.PublishPreview;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.explain.Answer;
import io.voronka.sequences.history.Standing;
import java.time.Instant;
import java.util.Locale;

/** Sequences as data. Times are ISO 8601; what is not known is left out. */
final class SequenceJson {
  private SequenceJson() {}

  static void record(ObjectNode node, SequenceProgressed record) {
    node.put("kind", lower(record.getKind()));
    node.put("at", time(record.getFiredAt()));
    node.put("version", record.getSequenceVersion());
    node.put("enrolment", record.getEnrolmentId());
    text(node, "key", record.getRunKey());
    text(node, "step", record.getStepId());
    if (record.getUntil() != null) {
      node.put("until", time(record.getUntil()));
    }
    text(node, "reason", record.getReason());
    text(node, "detail", record.getDetail());
    text(node, "action", record.getActionId());
    text(node, "cause", record.getCauseId());
  }

  /**
   * @param by the definition that it goes by; null: unknown
   */
  static void standing(ObjectNode node, Standing standing, Sequence by) {
    node.put("tenant", standing.subject().tenantId());
    node.put("account", standing.subject().accountId());
    node.put("lead", standing.subject().id());
    node.put("sequence", standing.sequenceId());
    node.put("version", standing.version());
    node.put("enrolment", standing.enrolmentId());
    text(node, "key", standing.runKey());
    node.put("state", lower(standing.state()));
    text(node, "step", standing.step(by));
    node.put("since", time(standing.since()));
    if (standing.until() != null) {
      node.put("until", time(standing.until()));
    }
    standing.entered().ifPresent(entry -> node.put("entered", time(entry.getFiredAt())));
    standing.paused().ifPresent(pause -> node.put("paused", time(pause.getFiredAt())));
    text(node, "reason", standing.placed().getReason());
  }

  static ObjectNode answer(Answer answer) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("sequence", answer.known().sequenceId());
    root.put("lead", answer.leadId());
    root.put("reason", lower(answer.reason()));
    ArrayNode runs = root.putArray("runs");
    answer
        .standings()
        .forEach(
            one -> standing(runs.addObject(), one, answer.known().versions().get(one.version())));
    answer.refusal().ifPresent(one -> record(root.putObject("refusal"), one));
    ArrayNode history = root.putArray("history");
    answer.history().forEach(one -> record(history.addObject(), one));
    root.put("complete", answer.whole());
    ObjectNode text = root.putObject("text");
    for (Language language : Language.values()) {
      text.put(lower(language), answer.text(language));
    }
    return root;
  }

  static void preview(ObjectNode node, PublishPreview preview) {
    node.put("tenant", preview.tenant());
    node.put("sequence", preview.sequenceId());
    node.put("present", preview.present());
    node.put("inside", preview.inside());
    preview.preview().counts().forEach((fate, count) -> node.put(lower(fate), count));
    ObjectNode unmoved = node.putObject("unmoved");
    preview.preview().unmoved().forEach(unmoved::put);
    node.put("complete", preview.whole());
  }

  private static void text(ObjectNode node, String name, String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
