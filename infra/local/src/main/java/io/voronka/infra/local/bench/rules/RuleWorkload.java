package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rules and events of which it is known beforehand who meets whom. Rules belong to owners of leads,
 * as many to each owner; every rule asks for its owner, for one thing more, and for a phone number.
 * An event about a lead of that owner meets all of the owner's rules, and fires the first of them
 * or none.
 *
 * @param rules how many rules are in force
 * @param evaluated how many of them each event meets
 * @param fireEvery one event in so many fires one rule
 */
public record RuleWorkload(int rules, int evaluated, int fireEvery) {
  private static final int FIRST_OWNER = 11_002_200;
  private static final int ENOUGH = 5_000;
  private static final int TOO_LITTLE = 500;
  private static final long FIRST_LEAD = 20_000_000;
  private static final int STAGES = 9;

  public RuleWorkload {
    if (rules < 1 || evaluated < 1 || fireEvery < 1 || rules % evaluated != 0) {
      throw new IllegalArgumentException(
          "rules, evaluated and fire-every are at least 1, and rules a multiple of evaluated");
    }
  }

  /** The same with another number of rules. */
  RuleWorkload withRules(int number) {
    return new RuleWorkload(number, evaluated, fireEvery);
  }

  private int owners() {
    return rules / evaluated;
  }

  /** How many of the first so many events fire a rule. */
  long fired(long events) {
    return (events + fireEvery - 1) / fireEvery;
  }

  static String ruleId(int number) {
    return "rule-" + number;
  }

  /**
   * A rule's definition as JSON.
   *
   * @param number below {@link #rules}
   */
  String definition(int number) {
    int owner = FIRST_OWNER + number % owners();
    String further =
        switch (kindOf(number / owners())) {
          case 0 -> "'field': 'price', 'operator': 'greater_or_equal', 'value': 1000";
          case 1 -> "'field': 'price', 'operator': 'less', 'value': " + number % 400;
          case 2 -> "'field': 'name', 'operator': 'starts_with', 'value': 'VIP " + number + "'";
          case 3 -> "'field': 'status_id', 'operator': 'not_in', 'values': " + stages();
          default ->
              "'field_code': 'PHONE', 'operator': 'starts_with', 'value': '+44" + number + "'";
        };
    return """
        {'id': '%s', 'trigger': {'event': 'lead_updated'},
         'when': {'all': [
           {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': '%d'}},
           {'field_value': {%s}},
           {'field_value': {'field_code': 'PHONE', 'operator': 'not_empty'}}]},
         'actions': [{'key': 'call', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
        """
        .formatted(ruleId(number), owner, further)
        .replace('\'', '"');
  }

  /**
   * What a backlog holds.
   *
   * @param leads how many leads there are
   */
  Backlog.Content about(int leads) {
    return new Backlog.Content() {
      @Override
      public List<ControlChange> rows(long effectiveAt) {
        Map<String, String> definitions = new LinkedHashMap<>();
        for (int i = 0; i < rules; i++) {
          definitions.put(ruleId(i), definition(i));
        }
        return BenchTenant.MEASURED.with(definitions, effectiveAt);
      }

      @Override
      public CrmEvent event(long number, long at) {
        return RuleWorkload.this.event(number, leads, at);
      }
    };
  }

  /**
   * One event; each number gives another, and the same one each time.
   *
   * @param leads how many leads there are
   * @param at when the gateway got it, epoch milliseconds
   */
  CrmEvent event(long number, int leads, long at) {
    SplittableRandom random = new SplittableRandom(number);
    String lead = Long.toString(FIRST_LEAD + random.nextInt(leads));
    boolean fires = number % fireEvery == 0;
    String seconds = Long.toString(at / 1000);
    Map<String, String> fields = new HashMap<>();
    fields.put("id", lead);
    fields.put("name", "Заявка #" + lead);
    fields.put("status_id", Integer.toString(stage(random.nextInt(STAGES))));
    fields.put("pipeline_id", "7300100");
    fields.put("price", Integer.toString((fires ? ENOUGH : TOO_LITTLE) + random.nextInt(400)));
    fields.put("responsible_user_id", Integer.toString(FIRST_OWNER + random.nextInt(owners())));
    fields.put("last_modified", seconds);
    fields.put("modified_user_id", "0");
    fields.put("created_user_id", "11002200");
    fields.put("date_create", "1748268000");
    fields.put("account_id", "31337001");
    fields.put("created_at", "1748268000");
    fields.put("updated_at", seconds);
    return CrmEvent.newBuilder()
        .setId(StableId.of("bench", Long.toString(number)))
        .setKind(EventKind.LEAD_UPDATED)
        .setTenantId(BenchTenant.MEASURED.id())
        .setAccountId(BenchTenant.ACCOUNT)
        .setEntityType(EntityType.LEAD)
        .setEntityId(lead)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(lead)
        .setReceivedAt(at)
        .setOccurredAt(at - at % 1000)
        .setWebhookId(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
        .setGatewayId("gateway-1")
        .setActorId("0")
        .setFields(fields)
        .setCustomFields(
            List.of(
                new CustomField(
                    "575809",
                    "PHONE",
                    "Phone",
                    List.of(
                        new FieldValue(
                            "+7" + (9_000_000_000L + random.nextInt(1_000_000_000)),
                            "311321",
                            null))),
                new CustomField(
                    "427271", null, "Date", List.of(new FieldValue("1412380800", null, null)))))
        .setTags(List.of(new Tag("482205", "vip")))
        .build();
  }

  /** Time alone; written to every partition behind the events. */
  static CrmEvent tick(long at) {
    return CrmEvent.newBuilder()
        .setId("tick-" + at)
        .setKind(EventKind.TICK)
        .setReceivedAt(at)
        .setGatewayId("gateway-1")
        .build();
  }

  /** The first of an owner's rules can fire; the others differ, and never do. */
  private static int kindOf(int place) {
    return place == 0 ? 0 : 1 + (place - 1) % 4;
  }

  private static String stages() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < STAGES; i++) {
      all.add("'" + stage(i) + "'");
    }
    return all.toString();
  }

  private static int stage(int number) {
    return 64_100_200 + number;
  }
}
