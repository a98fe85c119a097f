package io.voronka.sequences;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Definitions of all shapes, and a count of what was in them. */
public final class RandomSequences {
  private static final int DEEPEST = 2;

  /** What a definition can be made of. */
  public enum Piece {
    ACTION,
    REQUIRED_ACTION,
    ON_FAILURE,
    WAIT_FOR_TIME,
    WAIT_FOR_HOURS,
    WAIT_FOR_DATE,
    WAIT,
    AWAIT_EVENT,
    AWAIT_CONDITION,
    BRANCH,
    SPLIT,
    GO_TO
  }

  private final Random random;
  private final boolean eventsMatter;
  private final Map<Piece, Integer> coverage;
  private int steps;

  /**
   * @param eventsMatter false: which way it goes follows from ids and outcomes alone
   */
  public RandomSequences(Random random, boolean eventsMatter, Map<Piece, Integer> coverage) {
    this.random = random;
    this.eventsMatter = eventsMatter;
    this.coverage = coverage;
  }

  public static Map<Piece, Integer> noCoverage() {
    return new EnumMap<>(Piece.class);
  }

  /** With single quotes. */
  public String definition(String id) {
    steps = 0;
    String exits =
        eventsMatter && random.nextInt(3) == 0
            ? "'exits': [{'event': 'note_added', 'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 40}}}], "
            : "";
    return "{'id': '%s', 'agent': 'anna', 'entry': {'event': 'lead_created', 'again': 'always'}, %s'steps': [%s]}"
        .formatted(id, exits, list(1 + random.nextInt(4), 0, false));
  }

  /**
   * @param mayJump another way leads around it, so that what stands behind is reached in any case
   */
  private String list(int length, int depth, boolean mayJump) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean last = i == length - 1;
      list.append(i == 0 ? "" : ", ").append(step(depth, mayJump && last));
    }
    return list.toString();
  }

  private String step(int depth, boolean mayJump) {
    String id = "s" + steps++;
    int kind = random.nextInt(depth < DEEPEST ? 10 : 5);
    if (mayJump && random.nextInt(8) == 0) {
      seen(Piece.GO_TO);
      return "{'id': '%s', 'go_to': 'end'}".formatted(id);
    }
    return switch (kind) {
      case 0, 1, 2 -> action(id, depth);
      case 3, 4, 5 -> "{'id': '%s', 'wait': {%s}}".formatted(id, delay());
      case 6 -> await(id, depth);
      case 7 -> {
        seen(Piece.BRANCH);
        yield "{'id': '%s', 'branch': {'when': %s, 'then': [%s], 'otherwise': [%s]}}"
            .formatted(id, condition(), list(1, depth + 1, true), list(2, depth + 1, false));
      }
      default -> {
        seen(Piece.SPLIT);
        int percent = 1 + random.nextInt(99);
        yield "{'id': '%s', 'split': [{'name': 'a', 'percent': %d, 'steps': [%s]}, {'name': 'b', 'percent': %d}]}"
            .formatted(id, percent, list(1 + random.nextInt(2), depth + 1, true), 100 - percent);
      }
    };
  }

  private String action(String id, int depth) {
    String[] effects = {
      "'send_message': {'text': 'Hi {{ lead.name }}'}",
      "'create_task': {'text': 'Call', 'due': '1d'}",
      "'send_email': {'sender': 'sales', 'to': 'a@b.test', 'subject': 'S', 'text': 'T'}",
      "'webhook': {'url': 'https://x.test/in', 'body': '{}'}",
      "'ai_response': {'question': 'What else?'}",
      "'kommo_action': {'add_tags': {'tags': ['warm']}}",
      "'kommo_action': {'add_note': {'text': 'price {{ lead.price }}'}}"
    };
    String effect = effects[random.nextInt(effects.length)];
    seen(Piece.ACTION);
    String required = "";
    if (random.nextInt(3) == 0) {
      seen(Piece.REQUIRED_ACTION);
      required = ", 'required': true";
      if (depth < DEEPEST && random.nextBoolean()) {
        seen(Piece.ON_FAILURE);
        required += ", 'on_failure': [%s]".formatted(list(1, depth + 1, true));
      }
    }
    return "{'id': '%s', %s%s}".formatted(id, effect, required);
  }

  private String delay() {
    return switch (random.nextInt(5)) {
      case 0 -> {
        seen(Piece.WAIT_FOR_TIME);
        yield "'at': '%02d:30', 'days': ['mon', 'wed', 'sun']".formatted(random.nextInt(24));
      }
      case 1 -> {
        seen(Piece.WAIT_FOR_HOURS);
        yield "'for': '%dh', 'hours': {'from': '09:00', 'to': '18:00'}"
            .formatted(1 + random.nextInt(40));
      }
      case 2 -> {
        seen(Piece.WAIT_FOR_DATE);
        yield "'until': {'field': 'meeting', 'before': '2h'}";
      }
      default -> {
        seen(Piece.WAIT);
        yield "'for': '%dm'".formatted(1 + random.nextInt(5000));
      }
    };
  }

  private String await(String id, int depth) {
    boolean event = eventsMatter && random.nextBoolean();
    seen(event ? Piece.AWAIT_EVENT : Piece.AWAIT_CONDITION);
    String watch = event ? "'event': 'message_received'" : "'when': " + condition();
    return "{'id': '%s', 'wait_for': {%s, 'timeout': {%s}, 'then': [%s], 'on_timeout': [%s]}}"
        .formatted(id, watch, delay(), list(1, depth + 1, true), list(1, depth + 1, false));
  }

  private String condition() {
    return "{'field_value': {'field': 'price', 'operator': 'greater', 'value': %d}}"
        .formatted(random.nextInt(100));
  }

  private void seen(Piece piece) {
    coverage.merge(piece, 1, Integer::sum);
  }
}
