package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one document says about another, or about what is already there. */
final class ReferenceCheck {
  private ReferenceCheck() {}

  /**
   * @param tenants ids already in the tables
   * @param accounts by tenant/id, already in the tables
   * @param agents by tenant/id, already in the tables
   * @param signingKeys tenant/id of those already in the tables
   * @param mailSenders tenant/id of those already in the tables
   */
  static List<Problem> problems(
      Manifest manifest,
      Set<String> tenants,
      Map<String, AccountSpec> accounts,
      Map<String, AgentSpec> agents,
      Set<String> signingKeys,
      Set<String> mailSenders) {
    List<Problem> problems = new ArrayList<>();
    manifest
        .accounts()
        .values()
        .forEach(
            account ->
                tenant(manifest, tenants, "Account", account.key(), account.tenant(), problems));
    manifest
        .signingKeys()
        .values()
        .forEach(key -> tenant(manifest, tenants, "SigningKey", key.key(), key.tenant(), problems));
    Set<String> keys = new HashSet<>(signingKeys);
    keys.addAll(manifest.signingKeys().keySet());
    Set<String> senders = new HashSet<>(mailSenders);
    senders.addAll(manifest.mailSenders().keySet());
    manifest
        .rules()
        .values()
        .forEach(
            rule -> {
              tenant(manifest, tenants, "Rule", rule.key(), rule.tenant(), problems);
              named(manifest, rule, "webhook", "sign_with", "SigningKey", keys, problems);
              named(manifest, rule, "send_email", "sender", "MailSender", senders, problems);
            });
    manifest
        .sequences()
        .values()
        .forEach(
            sequence ->
                tenant(manifest, tenants, "Sequence", sequence.key(), sequence.tenant(), problems));
    manifest
        .mailSenders()
        .values()
        .forEach(
            sender ->
                tenant(manifest, tenants, "MailSender", sender.key(), sender.tenant(), problems));
    manifest
        .optOuts()
        .values()
        .forEach(
            optOut -> tenant(manifest, tenants, "OptOut", optOut.key(), optOut.tenant(), problems));
    manifest
        .agents()
        .values()
        .forEach(
            agent -> {
              tenant(manifest, tenants, "Agent", agent.key(), agent.tenant(), problems);
              String account = agent.tenant() + "/" + agent.account();
              if (!manifest.accounts().containsKey(account)
                  && !accounts.containsKey(account)
                  && !manifest.broken().mayDescribe("Account", account)) {
                problems.add(
                    manifest.problem(
                        "Agent", agent.key(), "/account", "there is no account " + account));
              }
              AccountSpec works = manifest.accounts().getOrDefault(account, accounts.get(account));
              if (agent.silentAfterHuman().isPresent()
                  && works != null
                  && works.integrationUserId().isEmpty()) {
                problems.add(
                    manifest.problem(
                        "Agent",
                        agent.key(),
                        "/silentAfterHuman",
                        "account "
                            + account
                            + " does not say its integrationUserId: people's messages could not be told from our own"));
              }
            });
    manifest
        .scripts()
        .values()
        .forEach(
            script -> {
              String agent = script.tenant() + "/" + script.agent();
              if (!manifest.agents().containsKey(agent)
                  && !agents.containsKey(agent)
                  && !manifest.broken().mayDescribe("Agent", agent)) {
                problems.add(
                    manifest.problem(
                        "Script", script.key(), "/agent", "there is no agent " + agent));
              }
            });
    agents.values().stream()
        .filter(agent -> !manifest.agents().containsKey(agent.key()))
        .forEach(agent -> stillKnowsOurOwn(manifest, agent, problems));
    unique(manifest, accounts, problems);
    return problems;
  }

  /** An agent that no document is about may need what its account's document leaves out. */
  private static void stillKnowsOurOwn(Manifest manifest, AgentSpec agent, List<Problem> problems) {
    AccountSpec account = manifest.accounts().get(agent.tenant() + "/" + agent.account());
    if (account != null
        && account.integrationUserId().isEmpty()
        && agent.silentAfterHuman().isPresent()) {
      problems.add(
          manifest.problem(
              "Account",
              account.key(),
              "/integrationUserId",
              "agent "
                  + agent.key()
                  + " keeps silent where people write: their messages could not be told from our own"));
    }
  }

  /** What the rule's actions name has to be there. */
  private static void named(
      Manifest manifest,
      RuleSpec rule,
      String action,
      String field,
      String kind,
      Set<String> known,
      List<Problem> problems) {
    JsonNode actions = rule.definition().path("actions");
    for (int i = 0; i < actions.size(); i++) {
      String name = actions.get(i).path(action).path(field).asText("");
      String key = rule.tenant() + "/" + name;
      if (!name.isEmpty() && !known.contains(key) && !manifest.broken().mayDescribe(kind, key)) {
        String pointer = "/actions/" + i + "/" + action + "/" + field;
        String missing = kind.equals("SigningKey") ? "signing key" : "mail sender";
        problems.add(
            manifest.problem("Rule", rule.key(), pointer, "there is no " + missing + " " + key));
      }
    }
  }

  private static void tenant(
      Manifest manifest,
      Set<String> known,
      String kind,
      String key,
      String tenant,
      List<Problem> problems) {
    // One that could not be read is told where it stands.
    if (!tenant.isEmpty()
        && !manifest.tenants().containsKey(tenant)
        && !known.contains(tenant)
        && !manifest.broken().mayDescribe("Tenant", tenant)) {
      problems.add(manifest.problem(kind, key, "/tenant", "there is no tenant " + tenant));
    }
  }

  /**
   * A token or a CRM account that two accounts share could not be told apart when a webhook comes.
   */
  private static void unique(
      Manifest manifest, Map<String, AccountSpec> stored, List<Problem> problems) {
    Map<String, AccountSpec> all = new LinkedHashMap<>(stored);
    all.putAll(manifest.accounts());
    Map<String, String> tokens = new HashMap<>();
    Map<String, String> vendors = new HashMap<>();
    all.forEach(
        (key, account) -> {
          String token = account.webhookTokenSha256();
          String sameToken = token.isEmpty() ? null : tokens.put(token, key);
          if (sameToken != null) {
            report(manifest, key, sameToken, "webhookToken", "the same token as ", problems);
          }
          String vendor = account.tenant() + "|" + account.crm() + "|" + account.vendorAccountId();
          String sameVendor = account.vendorAccountId() == 0 ? null : vendors.put(vendor, key);
          if (sameVendor != null) {
            report(
                manifest, key, sameVendor, "vendorAccountId", "the same CRM account as ", problems);
          }
        });
  }

  private static void report(
      Manifest manifest,
      String one,
      String other,
      String field,
      String message,
      List<Problem> problems) {
    boolean first = manifest.accounts().containsKey(one);
    String mine = first ? one : other;
    problems.add(manifest.problem("Account", mine, "/" + field, message + (first ? other : one)));
  }
}
