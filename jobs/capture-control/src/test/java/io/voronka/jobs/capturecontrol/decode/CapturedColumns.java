package io.voronka.jobs.capturecontrol.decode;

import java.util.HashMap;
import java.util.Map;

/** Columns of control rows as the capture has them: texts, or null. */
final class CapturedColumns {
  private CapturedColumns() {}

  static Map<String, String> columns(String table) {
    return switch (table) {
      case "tenants" -> tenant();
      case "crm_accounts" -> account();
      case "rules" -> rule();
      case "rule_sets" -> ruleSet("[]");
      case "crm_pipelines" -> pipeline();
      case "crm_fields" -> field();
      default -> new HashMap<>();
    };
  }

  static Map<String, String> tenant() {
    Map<String, String> columns = new HashMap<>();
    columns.put("tenant_id", "acme");
    columns.put("name", "Акме");
    columns.put("time_zone", "Europe/Moscow");
    columns.put("locale", "ru");
    columns.put("active", "true");
    columns.put("effects_paused", "false");
    columns.put("paused_rules", "[\"hello\"]");
    columns.put("quiet_from", "21:00");
    columns.put("quiet_to", "09:00");
    columns.put("message_cap", "3 per 24h");
    columns.put("mail_cap", null);
    columns.put("opt_out_words", "[\"хватит\"]");
    return columns;
  }

  static Map<String, String> account() {
    Map<String, String> columns = new HashMap<>();
    columns.put("tenant_id", "acme");
    columns.put("account_id", "main");
    columns.put("crm", "kommo");
    columns.put("subdomain", "acme");
    columns.put("vendor_account_id", "28805383");
    columns.put("webhook_token_sha256", "0123456789abcdef".repeat(4));
    columns.put("api_base_url", "https://acme.kommo.com");
    columns.put("token_reference", "store");
    columns.put("integration_user_id", "77");
    columns.put("requests_per_second", "7");
    columns.put("account_requests_per_second", "50");
    columns.put("active", "true");
    columns.put("effects_paused", "false");
    columns.put("chat_base_url", "https://amojo.kommo.com");
    columns.put("chat_scope_id", "channel_account");
    columns.put("chat_secret_reference", "env:CHAT_SECRET");
    columns.put("chat_sender_id", "bot-1");
    columns.put("message_bot_id", null);
    columns.put("message_bot_field_id", null);
    return columns;
  }

  static Map<String, String> agent() {
    return new HashMap<>(
        Map.of(
            "tenant_id", "acme",
            "agent_id", "anna",
            "account_id", "main",
            "name", "Anna",
            "active", "true",
            "effects_paused", "false",
            "silent_after_human", "2h"));
  }

  static Map<String, String> rule() {
    return new HashMap<>(
        Map.of(
            "tenant_id", "acme",
            "rule_id", "hello",
            "version", "3",
            "name", "Hello",
            "definition", "{}"));
  }

  static Map<String, String> pipeline() {
    return new HashMap<>(
        Map.of(
            "tenant_id", "acme",
            "account_id", "main",
            "pipeline_id", "7300100",
            "name", "Sales",
            "sort", "1",
            "main", "true",
            "archived", "false",
            "stages",
                "[{\"id\": 64100100, \"name\": \"Новая\", \"sort\": 10, \"type\": 1},"
                    + " {\"id\": 142, \"name\": \"Won\", \"sort\": 10000, \"type\": 0}]"));
  }

  static Map<String, String> field() {
    return new HashMap<>(
        Map.of(
            "tenant_id", "acme",
            "account_id", "main",
            "entity_type", "contacts",
            "field_id", "575811",
            "code", "PHONE",
            "name", "Phone",
            "type", "multitext",
            "choices",
                "[{\"id\": 311321, \"value\": \"WORK\", \"sort\": 1, \"code\": \"WORK\"},"
                    + " {\"id\": 311323, \"value\": \"MOB\"}]"));
  }

  static Map<String, String> user() {
    Map<String, String> columns = new HashMap<>();
    columns.put("tenant_id", "acme");
    columns.put("account_id", "main");
    columns.put("user_id", "11002200");
    columns.put("name", "Анна");
    columns.put("email", null);
    columns.put("active", "true");
    columns.put("admin", "false");
    return columns;
  }

  static Map<String, String> ruleSet(String members) {
    return new HashMap<>(Map.of("tenant_id", "acme", "version", "4", "members", members));
  }
}
