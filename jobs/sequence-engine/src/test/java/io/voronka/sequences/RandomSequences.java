package io.voronka.sequences;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Definitions of all shapes, and a count of what was in them. */
public final class RandomSequences {
  private static final int DEEPEST = 2;

  private static final Map<Piece, String> EFFECTS =
      new EnumMap<>(
          Map.of(
              Piece.SEND_MESSAGE, "'send_message': {'text': 'Hi {{ lead.name }}'}",
              Piece.CREATE_TASK, "'create_task': {'text': 'Call', 'due': '1d'}",
              Piece.SEND_EMAIL,
                  "'send_email': {'sender': 'sales', 'to': 'a@b.test', 'subject': 'S', 'text':"
                      + " 'T'}",
              Piece.WEBHOOK, "'webhook': {'url': 'https://x.test/in', 'body': '{}'}",
              Piece.AI_RESPONSE, "'ai_response': {'question': 'What else?'}",
              Piece.KOMMO_ACTION,
                  "'kommo_action': {'add_note': {'text': 'price {{ lead.price }}'}}"));

  /** What a definition can be made of. */
  public enum Piece {
    SEND_MESSAGE,
    CREATE_TASK,
    SEND_EMAIL,
    WEBHOOK,
    AI_RESPONSE,
    KOMMO_ACTION,
    REQUIRED_ACTION,
    ON_FAILURE,
    WAIT,
    WAIT_FOR_TIME,
    WAIT_FOR_HOURS,
    WAIT_FOR_DATE,
    WAIT_AFTER_DATE,
    MISSED_DATE,
    AWAIT_EVENT,
    AWAIT_CONDITION,
    BRANCH,
    SPLIT,
    GO_TO,
    LOOP
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
    String exits =
        eventsMatter && random.nextInt(3) == 0
            ? "'exits': [{'event': 'note_added', 'when': {'field_value': {'field': 'price',"
                + " 'operator': 'greater', 'value': 40}}}], "
            : "";
    return "{'id': '%s', 'agent': 'anna', 'entry': {'event': 'lead_created', 'again': 'always'}, %s'steps': [%s]}"
        .formatted(id, exits, steps());
  }

  /** Steps with new ids from s0 on; with single quotes. */
  public String steps() {
    steps = 0;
    String list = list(1 + random.nextInt(4), 0, false);
    return random.nextInt(30) == 0 ? list + loop() : list;
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
      case 3, 4, 5 -> "{'id': '%s', 'wait': {%s}}".formatted(id, wait(depth));
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

  /** It has no end of its own. */
  private String loop() {
    seen(Piece.LOOP);
    String again = "s" + steps++;
    return ", {'id': '%s', 'wait': {'for': '1h'}}, {'id': 's%d', 'go_to': '%s'}"
        .formatted(again, steps++, again);
  }

  private String action(String id, int depth) {
    Piece effect = EFFECTS.keySet().stream().skip(random.nextInt(EFFECTS.size())).findFirst().get();
    seen(effect);
    String required = "";
    if (random.nextInt(3) == 0) {
      seen(Piece.REQUIRED_ACTION);
      required = ", 'required': true";
      if (depth < DEEPEST && random.nextBoolean()) {
        seen(Piece.ON_FAILURE);
        required += ", 'on_failure': [%s]".formatted(list(1, depth + 1, true));
      }
    }
    return "{'id': '%s', %s%s}".formatted(id, EFFECTS.get(effect), required);
  }

  private String wait(int depth) {
    if (eventsMatter && depth < DEEPEST && random.nextInt(8) == 0) {
      seen(Piece.MISSED_DATE);
      return "'until': {'field': 'meeting', 'before': '%dh'}, 'missed': [%s]"
          .formatted(1 + random.nextInt(60), list(1, depth + 1, true));
    }
    return delay();
  }

  private String delay() {
    return switch (random.nextInt(6)) {
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
      case 3 -> {
        seen(Piece.WAIT_AFTER_DATE);
        yield "'until': {'field': 'meeting', 'after': '%dh'}, 'at': '09:00'"
            .formatted(1 + random.nextInt(40));
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
