package io.voronka.rules.why;

import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.schemas.EventKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a clause found instead, said from the text that its verdict recorded. A text that is not of
 * the form that the clause writes (another version did) is shown as it is.
 */
final class FoundText {
  private static final String UNKNOWN = "unknown";
  private static final Pattern CREATED =
      Pattern.compile("created in (\\S+)(?: in pipeline (\\S+))?");
  private static final Pattern MOVED =
      Pattern.compile("from (\\S+) to (\\S+)(?: in pipeline (\\S+))?");
  private static final Pattern STAYED = Pattern.compile("no change, in stage (\\S+)");
  private static final Pattern OVERTAKEN =
      Pattern.compile("older than the move to (?:stage )?(\\S+)");
  private static final Pattern ALREADY = Pattern.compile("already in stage (\\S+)");
  private static final Pattern TIMES = Pattern.compile("(\\d{1,9}) times");
  private static final Pattern ENDED = Pattern.compile("([a-z_]+) at (\\S+Z)");
  private static final Pattern DURATION =
      Pattern.compile("((?:\\d+(?:ms|d|h|m|s) ?)*)( ?before it)?");
  private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|d|h|m|s)");

  private final Words words;

  FoundText(Words words) {
    this.words = words;
  }

  /**
   * @param recorded null: unknown
   */
  String of(Condition condition, String recorded) {
    List<Condition> leaves = condition.nodes().filter(node -> node.members().isEmpty()).toList();
    if (leaves.size() == 1) {
      return leaf(leaves.get(0), recorded);
    }
    String[] parts = recorded == null ? new String[0] : recorded.split("; ", -1);
    if (parts.length != leaves.size()) {
      return recorded == null ? say(ClausePhrase.NEVER_BEGAN) : recorded;
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      found.add(leaf(leaves.get(i), parts[i].equals(UNKNOWN) ? null : parts[i]));
    }
    return String.join("; ", found);
  }

  /** Of the trigger, where the lead entered no stage. */
  String ofTrigger(String recorded) {
    Matcher already = ALREADY.matcher(recorded == null ? "" : recorded);
    if (already.matches()) {
      return known(already.group(1))
          ? say(ClausePhrase.ALREADY, already.group(1))
          : say(ClausePhrase.STAYED_UNKNOWN);
    }
    return recorded == null ? say(ClausePhrase.MOVE_UNKNOWN) : moved(recorded);
  }

  private String leaf(Condition leaf, String recorded) {
    if (leaf instanceof FieldCondition field) {
      return field(field, recorded);
    }
    if (leaf instanceof StageChanged) {
      return recorded == null ? say(ClausePhrase.MOVE_UNKNOWN) : moved(recorded);
    }
    if (leaf instanceof EventTriggered event) {
      return event(event, recorded);
    }
    if (leaf instanceof TimeElapsed) {
      return recorded == null ? say(ClausePhrase.NEVER_BEGAN) : time(recorded);
    }
    return recorded;
  }

  private String field(FieldCondition condition, String recorded) {
    String field = words.field(condition.field());
    if (recorded == null) {
      return say(ClausePhrase.WAS_UNKNOWN, field);
    }
    if (!condition.test().operator().aboutChange()) {
      return was(condition, field, recorded);
    }
    if (recorded.equals("not in this event")) {
      return say(ClausePhrase.NOT_CARRIED, field);
    }
    int arrow = recorded.indexOf(" -> ");
    return arrow < 0
        ? recorded
        : say(
            ClausePhrase.WENT,
            field,
            words.value(condition.test().type(), recorded.substring(0, arrow)),
            words.value(condition.test().type(), recorded.substring(arrow + 4)));
  }

  private String was(FieldCondition condition, String field, String recorded) {
    return recorded.isEmpty()
        ? say(ClausePhrase.WAS_EMPTY, field)
        : say(ClausePhrase.WAS, field, words.value(condition.test().type(), recorded));
  }

  private String moved(String recorded) {
    Matcher stayed = STAYED.matcher(recorded);
    if (stayed.matches()) {
      return known(stayed.group(1))
          ? say(ClausePhrase.STAYED, stayed.group(1))
          : say(ClausePhrase.STAYED_UNKNOWN);
    }
    Matcher overtaken = OVERTAKEN.matcher(recorded);
    if (overtaken.matches()) {
      return say(ClausePhrase.OVERTAKEN, overtaken.group(1));
    }
    Matcher created = CREATED.matcher(recorded);
    if (created.matches()) {
      return say(ClausePhrase.CREATED, created.group(1)) + pipeline(created.group(2));
    }
    Matcher moved = MOVED.matcher(recorded);
    if (moved.matches()) {
      String text =
          known(moved.group(1))
              ? say(ClausePhrase.MOVED, moved.group(1), moved.group(2))
              : say(ClausePhrase.MOVED_UNKNOWN, moved.group(2));
      return text + pipeline(moved.group(3));
    }
    return recorded;
  }

  private String event(EventTriggered event, String recorded) {
    if (recorded == null) {
      return say(ClausePhrase.WAS_UNKNOWN, unknownField(event));
    }
    Matcher times = TIMES.matcher(recorded);
    if (event.often() != null && times.matches()) {
      return say(ClausePhrase.HAPPENED, words.times(Long.parseLong(times.group(1))));
    }
    if (recorded.equals("no event")) {
      return say(ClausePhrase.NO_EVENT);
    }
    EventKind kind = kind(recorded);
    if (kind != null) {
      return say(ClausePhrase.EVENT_WAS, words.event(kind));
    }
    for (EventTriggered.Filter filter : event.filters()) {
      String prefix = filter.field() + " ";
      if (recorded.startsWith(prefix)) {
        String value = recorded.substring(prefix.length());
        String field = words.field(filter.field());
        return value.isEmpty()
            ? say(ClausePhrase.WAS_EMPTY, field)
            : say(ClausePhrase.WAS, field, words.value(filter.test().type(), value));
      }
    }
    return recorded;
  }

  private String unknownField(EventTriggered event) {
    return event.filters().isEmpty() ? "" : words.field(event.filters().get(0).field());
  }

  private String time(String recorded) {
    Matcher ended = ENDED.matcher(recorded);
    EventKind kind = ended.matches() ? kind(ended.group(1)) : null;
    if (kind != null) {
      try {
        long at = Instant.parse(ended.group(2)).toEpochMilli();
        return say(ClausePhrase.ENDED, words.event(kind), words.time(at));
      } catch (DateTimeParseException e) {
        return recorded; // Written by another version.
      }
    }
    Matcher duration = DURATION.matcher(recorded);
    if (!duration.matches() || duration.group(1).isEmpty()) {
      return recorded;
    }
    return say(
        duration.group(2) == null ? ClausePhrase.PASSED : ClausePhrase.TOO_EARLY,
        words.duration(millis(duration.group(1))));
  }

  private static long millis(String duration) {
    long millis = 0;
    Matcher part = PART.matcher(duration);
    while (part.find()) {
      long unit =
          switch (part.group(2)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
          };
      millis += Long.parseLong(part.group(1)) * unit;
    }
    return millis;
  }

  /** Null when the text names none. */
  private static EventKind kind(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (EventKind kind : EventKind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private String pipeline(String id) {
    return id == null ? "" : say(ClausePhrase.IN_PIPELINE, id);
  }

  private static boolean known(String text) {
    return !text.equals(UNKNOWN) && !text.equals("null");
  }

  private String say(ClausePhrase phrase, Object... arguments) {
    return phrase.in(words.language(), arguments);
  }
}
