package io.voronka.jobs.capturecontrol.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables' columns, as the migrations have them, into control records. */
public final class ControlRowDecoder {
  private final ObjectMapper json = new ObjectMapper();
  private final CatalogueRows catalogue = new CatalogueRows(json);
  private final OutboundRows outbound = new OutboundRows(json);

  /**
   * Which control table a database table is.
   *
   * @throws RejectedRowException UNKNOWN_TABLE
   */
  public ControlTable table(String name) throws RejectedRowException {
    return switch (name) {
      case "tenants" -> ControlTable.TENANTS;
      case "crm_accounts" -> ControlTable.ACCOUNTS;
      case "agents" -> ControlTable.AGENTS;
      case "rules" -> ControlTable.RULES;
      case "rule_sets" -> ControlTable.RULE_SETS;
      case "crm_pipelines" -> ControlTable.PIPELINES;
      case "crm_fields" -> ControlTable.FIELDS;
      case "crm_users" -> ControlTable.USERS;
      case "signing_keys" -> ControlTable.SIGNING_KEYS;
      case "mail_senders" -> ControlTable.MAIL_SENDERS;
      case "scripts" -> ControlTable.SCRIPTS;
      case "opt_outs" -> ControlTable.OPT_OUTS;
      case "sequences" -> ControlTable.SEQUENCES;
      default -> throw new RejectedRowException(RejectReason.UNKNOWN_TABLE, name);
    };
  }

  /**
   * The row's Kafka key; needs only the columns of the primary key.
   *
   * @throws RejectedRowException when one of them is missing
   */
  public String key(String name, Map<String, String> values) throws RejectedRowException {
    Columns row = new Columns(name, values);
    String tenant = row.text("tenant_id");
    return switch (table(name)) {
      case TENANTS -> tenant;
      case ACCOUNTS -> ControlKeys.account(tenant, row.text("account_id"));
      case AGENTS -> ControlKeys.agent(tenant, row.text("agent_id"));
      case RULES -> ControlKeys.rule(tenant, row.text("rule_id"), row.number("version"));
      case RULE_SETS -> ControlKeys.ruleSet(tenant, row.number("version"));
      case PIPELINES ->
          ControlKeys.pipeline(tenant, row.text("account_id"), row.text("pipeline_id"));
      case FIELDS ->
          ControlKeys.field(
              tenant, row.text("account_id"), CatalogueRows.entityType(row), row.text("field_id"));
      case USERS -> ControlKeys.user(tenant, row.text("account_id"), row.text("user_id"));
      case SIGNING_KEYS -> ControlKeys.signingKey(tenant, row.text("key_id"));
      case MAIL_SENDERS -> ControlKeys.mailSender(tenant, row.text("sender_id"));
      case SCRIPTS -> ControlKeys.script(tenant, row.text("agent_id"), row.text("script_id"));
      case OPT_OUTS -> ControlKeys.optOut(tenant, row.text("recipient"));
      case SEQUENCES ->
          ControlKeys.sequence(tenant, row.text("sequence_id"), row.number("version"));
      case UNKNOWN, HEARD_OPT_OUTS -> throw new IllegalStateException("table() does not answer it");
    };
  }

  /**
   * The row as a control record, of generation 0 and, for a rule set or a sequence, effectiveAt 0.
   *
   * @throws RejectedRowException when a column is not what it must be
   */
  public ControlChange row(String name, Map<String, String> values) throws RejectedRowException {
    Columns row = new Columns(name, values);
    ControlTable table = table(name);
    ControlChange.Builder change =
        ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(0);
    switch (table) {
      case TENANTS -> change.setTenant(tenant(row));
      case ACCOUNTS -> change.setAccount(account(row));
      case AGENTS -> change.setAgent(agent(row));
      case RULES -> change.setRule(rule(row));
      case RULE_SETS -> change.setRuleSet(ruleSet(row));
      case PIPELINES -> change.setPipeline(catalogue.pipeline(row));
      case FIELDS -> change.setField(catalogue.field(row));
      case USERS -> change.setUser(CatalogueRows.user(row));
      case SCRIPTS -> change.setScript(outbound.script(row));
      case OPT_OUTS -> change.setOptOut(ContactLimits.optOut(row));
      case MAIL_SENDERS -> change.setMailSender(OutboundRows.mailSender(row));
      case SEQUENCES -> change.setSequence(sequence(row));
      case SIGNING_KEYS -> change.setSigningKey(outbound.signingKey(row));
      case UNKNOWN, HEARD_OPT_OUTS -> throw new IllegalStateException("table() does not answer it");
    }
    return change.build();
  }

  private TenantRow tenant(Columns row) throws RejectedRowException {
    return TenantRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setName(row.text("name"))
        .setTimeZone(row.text("time_zone"))
        .setLocale(row.text("locale"))
        .setActive(row.flag("active"))
        .setEffectsPaused(row.flag("effects_paused"))
        .setPausedRules(outbound.texts(row, "paused_rules"))
        .setQuietFrom(row.orNull("quiet_from"))
        .setQuietTo(row.orNull("quiet_to"))
        .setMessageCap(ContactLimits.cap(row, "message_cap"))
        .setMailCap(ContactLimits.cap(row, "mail_cap"))
        .setOptOutWords(
            row.orNull("opt_out_words") == null ? null : outbound.texts(row, "opt_out_words"))
        .build();
  }

  private static AccountRow account(Columns row) throws RejectedRowException {
    return AccountRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAccountId(row.text("account_id"))
        .setCrm(row.text("crm"))
        .setSubdomain(row.text("subdomain"))
        .setVendorAccountId(row.text("vendor_account_id"))
        .setWebhookTokenSha256(row.text("webhook_token_sha256"))
        .setApiBaseUrl(row.text("api_base_url"))
        .setTokenReference(row.text("token_reference"))
        .setIntegrationUserId(row.orNull("integration_user_id"))
        .setRequestsPerSecond(row.integer("requests_per_second"))
        .setAccountRequestsPerSecond(row.integer("account_requests_per_second"))
        .setActive(row.flag("active"))
        .setEffectsPaused(row.flag("effects_paused"))
        .setChatChannel(OutboundRows.chatChannel(row))
        .setMessageBot(OutboundRows.messageBot(row))
        .build();
  }

  private static AgentRow agent(Columns row) throws RejectedRowException {
    return AgentRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAgentId(row.text("agent_id"))
        .setAccountId(row.text("account_id"))
        .setName(row.text("name"))
        .setActive(row.flag("active"))
        .setEffectsPaused(row.flag("effects_paused"))
        .setSilentAfterHumanMillis(ContactLimits.millis(row, "silent_after_human"))
        .build();
  }

  private static RuleRow rule(Columns row) throws RejectedRowException {
    return RuleRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setRuleId(row.text("rule_id"))
        .setVersion(row.number("version"))
        .setName(row.text("name"))
        .setDefinition(row.text("definition"))
        .build();
  }

  private static SequenceRow sequence(Columns row) throws RejectedRowException {
    return SequenceRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setSequenceId(row.text("sequence_id"))
        .setVersion(row.number("version"))
        .setName(row.text("name"))
        .setDefinition(row.text("definition"))
        .build();
  }

  private RuleSetRow ruleSet(Columns row) throws RejectedRowException {
    return RuleSetRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setVersion(row.number("version"))
        .setMembers(members(row.text("members")))
        .setEffectiveAt(0)
        .build();
  }

  private List<RuleRef> members(String text) throws RejectedRowException {
    JsonNode list;
    try {
      list = json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RejectedRowException(RejectReason.BAD_MEMBERS, "rule_sets.members is not JSON");
    }
    if (!list.isArray()) {
      throw new RejectedRowException(RejectReason.BAD_MEMBERS, "rule_sets.members is not a list");
    }
    List<RuleRef> members = new ArrayList<>(list.size());
    for (JsonNode member : list) {
      JsonNode rule = member.path("ruleId");
      JsonNode version = member.path("version");
      if (!rule.isTextual() || !version.canConvertToExactIntegral()) {
        throw new RejectedRowException(
            RejectReason.BAD_MEMBERS,
            "rule_sets.members[" + members.size() + "] lacks ruleId or version");
      }
      members.add(
          RuleRef.newBuilder().setRuleId(rule.textValue()).setVersion(version.longValue()).build());
    }
    return members;
  }
}
