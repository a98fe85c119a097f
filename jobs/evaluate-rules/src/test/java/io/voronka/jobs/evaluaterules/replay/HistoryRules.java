package io.voronka.jobs.evaluaterules.replay;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules with everything that rules can say, in three sets: waits become longer and shorter, rules
 * are switched off and on, some come and go. Two tenants have the same; the second has rules with
 * daily limits besides.
 */
public final class HistoryRules {
  public static final String PLAIN = "acme";
  public static final String CAPPED = "capped";

  /** Ids of rules with a daily limit begin so. */
  public static final String CAP = "cap-";

  /** A lead of this name makes the rule of the same name fire, in all sets. */
  public static final String SENTINEL = "sentinel";

  static final List<String> TENANTS = List.of(PLAIN, CAPPED);
  static final List<String> ACCOUNTS = List.of("kommo-1", "kommo-2");
  static final String INTEGRATION_USER = "77";

  private static final List<String> TESTS =
      List.of(
          "'field': 'price', 'operator': 'equals', 'value': 10",
          "'field': 'price', 'operator': 'not_equals', 'value': 10",
          "'field': 'name', 'operator': 'contains', 'value': 'nn'",
          "'field': 'name', 'operator': 'not_contains', 'value': 'nn', 'ignore_case': true",
          "'field': 'name', 'operator': 'starts_with', 'value': 'a', 'ignore_case': true",
          "'field_code': 'SIZE', 'operator': 'ends_with', 'value': 'b'",
          "'field': 'price', 'operator': 'greater', 'value': 10",
          "'field': 'price', 'operator': 'greater_or_equal', 'value': 2",
          "'field_id': 1, 'operator': 'less', 'value': 3",
          "'field_id': 1, 'operator': 'less_or_equal', 'value': 2",
          "'field': 'price', 'operator': 'between', 'min': 2, 'max': 10",
          "'field': 'status_id', 'operator': 'in', 'values': [10, 12]",
          "'field_id': 3, 'part': 'enum_id', 'operator': 'not_in', 'values': [1, 2]",
          "'field_id': 1, 'operator': 'empty'",
          "'field_code': 'SIZE', 'operator': 'not_empty'",
          "'field': 'price', 'operator': 'changed'",
          "'field': 'status_id', 'operator': 'changed_to', 'value': 12",
          "'field': 'name', 'operator': 'changed_from', 'value': 'ann'",
          "'field': 'name', 'operator': 'matches', 'value': '^[ab].*n$'",
          "'field_id': 9, 'operator': 'greater', 'type': 'date', 'value': '2025-10-09T21:00:00Z'");

  private final int set;
  private final List<String> definitions = new ArrayList<>();

  private HistoryRules(int set) {
    this.set = set;
  }

  /** Tenants and accounts. */
  public static List<ControlUpdate> accounts() {
    List<ControlUpdate> rows = new ArrayList<>();
    for (String tenant : TENANTS) {
      ControlChange.Builder row = row(ControlTable.TENANTS);
      rows.add(update(row.setTenant(tenant(tenant)).build()));
      for (String account : ACCOUNTS) {
        rows.add(update(row(ControlTable.ACCOUNTS).setAccount(account(tenant, account)).build()));
      }
    }
    return rows;
  }

  /**
   * The rules of one set and the set, for both tenants.
   *
   * @param set 1 to 3
   */
  public static List<ControlUpdate> rules(int set, long effectiveAt) {
    List<ControlUpdate> rows = new ArrayList<>();
    for (String tenant : TENANTS) {
      List<RuleRef> members = new ArrayList<>();
      for (String definition : definitions(set, tenant)) {
        String id = definition.substring(8, definition.indexOf('\'', 8));
        members.add(new RuleRef(id, (long) set));
        RuleRow rule = new RuleRow(tenant, id, (long) set, id, definition.replace('\'', '"'));
        rows.add(update(row(ControlTable.RULES).setRule(rule).build()));
      }
      RuleSetRow row = new RuleSetRow(tenant, (long) set, members, effectiveAt);
      rows.add(update(row(ControlTable.RULE_SETS).setRuleSet(row).build()));
    }
    return rows;
  }

  /** Says how many rows there are so far. */
  public static ControlUpdate marker(ControlTable table, long rows) {
    ControlChange marker =
        ControlChange.newBuilder()
            .setTable(table)
            .setOp(ControlOp.SNAPSHOT_COMPLETE)
            .setGeneration(1)
            .setRowCount(rows)
            .build();
    return new ControlUpdate(table, ControlKeys.SNAPSHOT, marker);
  }

  private static List<String> definitions(int set, String tenant) {
    HistoryRules rules = new HistoryRules(set);
    rules.add(
        SENTINEL,
        "lead_created",
        "{'field_value': {'field': 'name', 'operator': 'equals', 'value': 'sentinel'}}",
        "");
    rules.operators();
    rules.waits();
    rules.chainsAndOrder();
    rules.loops();
    if (tenant.equals(CAPPED)) {
      rules.capped();
    }
    return rules.definitions;
  }

  private void operators() {
    for (int i = 0; i < TESTS.size(); i++) {
      if (set != 2 || i % 7 != 3) {
        add(
            "op-" + i,
            "lead_created', 'lead_updated', 'lead_stage_changed",
            "{'field_value': {%s}}".formatted(TESTS.get(i)),
            i % 5 == 0 ? "'limits': {'cooldown': '%s'},".formatted(of("3m", "1m", "5m")) : "");
      }
    }
    add(
        "nested",
        "lead_updated', 'message_received",
        "{'any': [{'all': [{'stage_changed': {'to': [11, 12]}}, {'not': {'field_value': {%s}}}]},"
                .formatted(TESTS.get(0))
            + " {'event_triggered': {'event': 'message_received', 'where': [{'field': 'text',"
            + " 'operator': 'contains', 'value': 'bob'}]}}]}",
        "");
    add(
        "often",
        "message_received",
        "{'event_triggered': {'event': 'message_received', 'times': 2, 'within': '%s'}}"
            .formatted(of("3m", "2m", "4m")),
        "'limits': {'per_subject': {'times': 2, 'within': '10m'}},");
    add("night", "lead_updated", null, "'active': {'from': '23:50', 'to': '00:05'},");
    add("named", "lead_updated", null, "'account': 'kommo-2', 'text': '{{lead.name}}',");
  }

  private void waits() {
    wait("t-stage", "'since': 'stage_entry', 'for': '%s'", of("2m", "3m", "1m"), "");
    if (set != 2) {
      wait("t-created", "'since': 'creation', 'for': '%s'", of("5m", "", "4m"), "");
    }
    wait(
        "t-no-reply",
        "'since': 'last_message_sent', 'for': '%s', 'unless': 'message_received'",
        of("90s", "150s", "1m"),
        "'limits': {'cooldown': '4m'},");
    wait(
        "t-unanswered",
        "'since': 'last_message_received', 'for': '%s', 'unless': ['message_sent', 'note_added']",
        of("2m", "2m", "90s"),
        "'mode': '%s',".formatted(of("on", "off", "observe")));
    wait(
        "t-task",
        "'since': 'task_created', 'for': '%s', 'unless': 'lead_stage_changed'",
        of("3m", "2m", "3m"),
        "'mode': '%s',".formatted(of("off", "on", "on")));
    wait("t-before", "'field_id': 9, 'before': '%s'", of("2m", "4m", "1m"), "");
    wait("t-date", "'field_id': 9, 'for': '%s'", of("30s", "1s", "2m"), "");
    wait(
        "t-hours",
        "'since': 'last_message_received', 'for': '%s'",
        of("1m", "2m", "1m"),
        "'active': {'from': '00:02', 'to': '23:44', 'outside': 'wait'},");
    add(
        "t-both",
        "lead_updated",
        "{'all': [{'time_elapsed': {'since': 'stage_entry', 'for': '%s'}}, {'field_value': {%s}}]}"
            .formatted(of("1m", "90s", "2m"), TESTS.get(7)),
        "'limits': {'per_subject': {'times': 1, 'within': '5m'}},");
    if (set > 1) {
      wait("t-new", "'since': 'lead_updated', 'for': '%s'", of("", "3m", "2m"), "");
    }
  }

  private void chainsAndOrder() {
    add(
        "first",
        "lead_stage_changed",
        "{'stage_changed': {'to': 13}}",
        "'priority': 10, 'stop_after_match': true,");
    add("second", "lead_stage_changed", "{'stage_changed': {'to': [12, 13]}}", "'priority': 5,");
    definitions.add(
        "{'id': 'moves', 'trigger': {'event': 'lead_stage_changed'},"
            + " 'when': {'stage_changed': {'to': [10, 11]}},"
            + " 'actions': [{'key': 'move', 'change_stage': {'stage': 12}},"
            + " {'key': 'price', 'update_field': {'writes': [{'field': 'price', 'value': 10}]}}]}");
  }

  /** Rules that begin anew with what they bring about, at once and after a while. */
  private void loops() {
    String rule = "{'id': '%s', %s 'actions': [{'key': 'a', %s}]}";
    String lost = "{'field_value': {'field': 'status_id', 'operator': 'equals', 'value': 13}}";
    definitions.add(
        rule.formatted(
            "loop-wait",
            "'when': {'all': [%s, {'time_elapsed': {'since': 'stage_entry', 'for': '%s'}}]},"
                .formatted(lost, of("30s", "1m", "90s")),
            "'change_stage': {'stage': 10}"));
    definitions.add(
        rule.formatted(
            "loop-said",
            "'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '%s'}},"
                .formatted(of("30s", "1m", "2m")),
            "'send_message': {'text': 'ann'}"));
    definitions.add(
        rule.formatted(
            "loop-tags", "'trigger': {'event': 'lead_updated'},", "'add_tags': {'tags': ['vip']}"));
  }

  private void capped() {
    // The last of all: what is behind it is settled by who gets the day's last grants.
    add(
        CAP + "stops",
        "task_created",
        null,
        "'priority': -5, 'stop_after_match': true, 'limits': {'per_day': %s},"
            .formatted(of("40", "60", "80")));
    add(CAP + "stopped", "task_created", null, "'priority': -6,");
    add(
        CAP + "messages",
        "message_received",
        null,
        "'limits': {'per_day': %s, 'cooldown': '1m'},".formatted(of("150", "200", "250")));
    wait(CAP + "stage", "'since': 'stage_entry', 'for': '%s'", "1m", "'limits': {'per_day': 200},");
    add(CAP + "seen", "lead_updated", null, "'mode': 'observe', 'limits': {'per_day': 90},");
  }

  private void wait(String id, String what, String duration, String more) {
    String when = "{'time_elapsed': {%s}}".formatted(what.formatted(duration));
    definitions.add(
        "{'id': '%s', %s 'when': %s, 'actions': [{'key': 'note', 'add_note': {'text': 'x'}}]}"
            .formatted(id, more, when));
  }

  private void add(String id, String triggers, String when, String more) {
    boolean named = more.contains("'text'");
    String text = named ? "{{lead.name}}" : "x";
    String rest = named ? more.substring(0, more.indexOf("'text'")) : more;
    definitions.add(
        "{'id': '%s', 'trigger': {'event': ['%s']}, %s %s 'actions': [{'key': 'n', 'add_note': {'text': '%s'}}]}"
            .formatted(id, triggers, rest, when == null ? "" : "'when': " + when + ",", text));
  }

  private String of(String first, String second, String third) {
    return set == 1 ? first : set == 2 ? second : third;
  }

  private static TenantRow tenant(String id) {
    return TenantRow.newBuilder()
        .setTenantId(id)
        .setName(id)
        .setTimeZone("Europe/Moscow")
        .setLocale("ru")
        .setActive(true)
        .build();
  }

  private static AccountRow account(String tenant, String id) {
    return AccountRow.newBuilder()
        .setTenantId(tenant)
        .setAccountId(id)
        .setCrm("kommo")
        .setSubdomain(tenant)
        .setVendorAccountId("31337001")
        .setWebhookTokenSha256("00")
        .setApiBaseUrl("http://127.0.0.1:1")
        .setTokenReference("store")
        .setIntegrationUserId(INTEGRATION_USER)
        .setActive(true)
        .build();
  }

  private static ControlChange.Builder row(ControlTable table) {
    return ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1);
  }

  private static ControlUpdate update(ControlChange change) {
    return new ControlUpdate(change.getTable(), ControlKeys.of(change), change);
  }
}
