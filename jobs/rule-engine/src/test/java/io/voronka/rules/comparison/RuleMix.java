package io.voronka.rules.comparison;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rules as people write them, and 25-field leads for them: each rule asks for one owner, for a
 * range, a prefix or "anything but", and for a phone number. An event meets all rules of its lead's
 * owner and no others.
 *
 * @param rules how many
 * @param evaluated how many of them each event meets
 * @param fireEvery one event in so many fires one rule; 0: every event fires nearly all that it
 *     meets
 */
public record RuleMix(int rules, int evaluated, int fireEvery) {
  private static final int STAGES = 9;
  private static final int FIRST_STAGE = 64_100_200;
  private static final int FURTHER_FIELDS = 17;

  /** As JSON. */
  public List<String> definitions() {
    return IntStream.range(0, rules).mapToObj(this::definition).toList();
  }

  /** The same ones each time. */
  public List<CrmEvent> events(int count) {
    SplittableRandom random = new SplittableRandom(rules);
    return IntStream.range(0, count).mapToObj(number -> event(number, random)).toList();
  }

  private int owners() {
    return Math.max(1, rules / evaluated);
  }

  private String definition(int number) {
    int place = number / owners();
    return """
        {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
         'when': {'all': [
           {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': 'u%d'}},
           {'field_value': {%s}},
           {'field_value': {'field_code': 'PHONE', 'operator': 'not_empty'}}]},
         'actions': [{'key': 'call', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
        """
        .formatted(
            number,
            number % owners(),
            fireEvery == 0 ? often(place, number) : seldom(place, number))
        .replace('\'', '"');
  }

  /** Only the first of an owner's rules can hold. */
  private static String seldom(int place, int number) {
    return switch (place == 0 ? 0 : 1 + (place - 1) % 4) {
      case 0 -> "'field': 'price', 'operator': 'greater_or_equal', 'value': 5000";
      case 1 -> "'field': 'price', 'operator': 'less', 'value': " + number % 400;
      case 2 -> "'field': 'name', 'operator': 'starts_with', 'value': 'VIP " + number + "'";
      case 3 -> "'field': 'status_id', 'operator': 'not_in', 'values': " + stages(STAGES);
      default -> "'field_code': 'PHONE', 'operator': 'starts_with', 'value': '+44" + number + "'";
    };
  }

  private static String often(int place, int number) {
    return switch (place % 5) {
      case 0 -> "'field': 'price', 'operator': 'greater_or_equal', 'value': " + number % 500;
      case 1 -> "'field': 'price', 'operator': 'less', 'value': " + (10_000 + number);
      case 2 -> "'field': 'name', 'operator': 'starts_with', 'value': 'Lead'";
      case 3 -> "'field': 'status_id', 'operator': 'not_in', 'values': " + stages(1);
      default -> "'field_code': 'PHONE', 'operator': 'starts_with', 'value': '+79'";
    };
  }

  private CrmEvent event(int number, SplittableRandom random) {
    int least = fireEvery > 0 && number % fireEvery == 0 ? 5_000 : 500;
    LeadEvents event =
        LeadEvents.event(EventKind.LEAD_UPDATED, "e" + number)
            .at(number)
            .stage("7300100", "" + (FIRST_STAGE + random.nextInt(STAGES)))
            .field("name", "Lead #" + number)
            .field("price", "" + (least + random.nextInt(400)))
            .field("responsible_user_id", "u" + random.nextInt(owners()))
            .field("last_modified", "" + (1_760_000_000 + number))
            .field("created_user_id", "11002200")
            .custom("575809", "PHONE", new FieldValue("+7900" + number, "311321", null));
    for (int i = 0; i < FURTHER_FIELDS; i++) {
      event.texts("" + (100 + i), "text " + random.nextInt(100));
    }
    return event.build();
  }

  private static String stages(int count) {
    return IntStream.range(0, count)
        .mapToObj(stage -> "'" + (FIRST_STAGE + stage) + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
