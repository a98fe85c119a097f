package io.voronka.infra.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.sequences.SequenceCommands.Asked;
import io.voronka.infra.local.sequences.SequenceCommands.Order;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.explain.HistoryText;
import io.voronka.sequences.explain.Knowledge;
import io.voronka.sequences.history.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of commands, for people and as data. */
final class SequenceScreen {
  private static final int MOST_LINES = 50;

  private final Knowledge known;
  private final Order order;
  private final Language language;

  /**
   * @param order what was asked
   */
  SequenceScreen(SequenceRecords records, String tenant, Order order, Language language) {
    this.known = records.knowledge(tenant, order.sequenceId(), Map.of());
    this.order = order;
    this.language = language;
  }

  static boolean allDone(List<Asked> asked) {
    return asked.stream().allMatch(SequenceScreen::done);
  }

  /** A line for each of the first, and the counts. */
  List<String> lines(List<Asked> asked) {
    List<String> lines = new ArrayList<>();
    if (asked.isEmpty()) {
      lines.add(say(language, "nobody is inside %s", "в %s никого нет", order.sequenceId()));
      return lines;
    }
    for (Asked one : asked.subList(0, Math.min(MOST_LINES, asked.size()))) {
      String lead = one.target().lead().id();
      lines.add(say(language, "lead %s: %s", "сделка %s: %s", lead, words(one, language)));
    }
    if (asked.size() > MOST_LINES) {
      lines.add(say(language, "and %d more", "и ещё %d", asked.size() - MOST_LINES));
    }
    if (asked.size() > 1) {
      long done = asked.stream().filter(SequenceScreen::done).count();
      long silent = asked.stream().filter(one -> one.records().isEmpty()).count();
      lines.add(
          say(
              language,
              "%d asked: %d done, %d refused, %d unanswered",
              "запрошено %d: выполнено %d, отказано %d, без ответа %d",
              asked.size(),
              done,
              asked.size() - done - silent,
              silent));
    }
    return lines;
  }

  ArrayNode json(List<Asked> asked) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (Asked one : asked) {
      ObjectNode node = all.addObject();
      node.put("command", one.commandId());
      node.put("asked", order.kind().name().toLowerCase(Locale.ROOT));
      node.put("sequence", order.sequenceId());
      node.put("tenant", one.target().lead().tenantId());
      node.put("account", one.target().lead().accountId());
      node.put("lead", one.target().lead().id());
      node.put("result", one.records().isEmpty() ? "unanswered" : done(one) ? "done" : "refused");
      ArrayNode records = node.putArray("records");
      one.records().forEach(record -> SequenceJson.record(records.addObject(), record));
      ObjectNode text = node.putObject("text");
      for (Language each : Language.values()) {
        text.put(each.name().toLowerCase(Locale.ROOT), words(one, each));
      }
    }
    return all;
  }

  private static String say(Language in, String english, String russian, Object... arguments) {
    return String.format(Locale.ROOT, in == Language.EN ? english : russian, arguments);
  }

  private static boolean done(Asked one) {
    return !one.records().isEmpty()
        && one.records().stream().noneMatch(record -> record.getKind() == ProgressKind.REFUSED);
  }

  private String words(Asked one, Language in) {
    if (one.records().isEmpty()) {
      return say(
          in,
          "no answer yet; it will be done when drive-sequences comes to it",
          "ответа пока нет; команда будет выполнена, когда до неё дойдёт drive-sequences");
    }
    HistoryText words =
        new HistoryText(
            new Knowledge(
                known.zone(),
                known.sequenceId(),
                known.versions(),
                Map.of(one.commandId(), Knowledge.Cause.by(order.actor()))),
            in);
    return one.records().stream()
        .collect(Collectors.groupingBy(SequenceProgressed::getEnrolmentId))
        .values()
        .stream()
        .map(records -> words(records, one.target().run(), words))
        .collect(Collectors.joining("; "));
  }

  /** What was done, and where that has led to. */
  private static String words(
      List<SequenceProgressed> records, Standing before, HistoryText words) {
    SequenceProgressed first = records.get(0);
    Optional<Standing> after = Standing.after(before, records);
    boolean told = first.getKind() == ProgressKind.PAUSED && after.isPresent();
    if (told) {
      return words.of(after.get());
    }
    return first.getKind() == ProgressKind.REFUSED || after.filter(Standing::inside).isEmpty()
        ? words.of(first)
        : words.of(first) + "; " + words.of(after.get());
  }
}
