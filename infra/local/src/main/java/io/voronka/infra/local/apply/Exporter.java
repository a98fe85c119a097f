package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.MailSenderSpec;
import io.voronka.infra.local.apply.Manifest.OptOutSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.ScriptSpec;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The control tables as the documents that {@code apply} takes: what it prints can be applied
 * again.
 */
final class Exporter {
  private final ControlTables tables;
  private final OutboundTables outbound;
  private final ScriptTable scripts;
  private final OptOuts optOuts;
  private final SequenceTable sequences;
  private final ObjectMapper json = Applier.mapper();

  Exporter(Connection connection) {
    Statements statements = new Statements(connection);
    this.tables = new ControlTables(statements, json);
    this.outbound = new OutboundTables(statements, json);
    this.scripts = new ScriptTable(statements, json);
    this.optOuts = new OptOuts(statements);
    this.sequences = new SequenceTable(statements, json);
  }

  List<ObjectNode> documents(Kind kind) throws SQLException {
    return switch (kind) {
      case TENANTS -> documents(tables.tenants().values());
      case ACCOUNTS -> documents(tables.accounts().values());
      case AGENTS -> documents(tables.agents().values());
      case RULES -> documents(tables.rules().values().stream().map(rule -> rule.spec()).toList());
      case MAIL_SENDERS -> documents(outbound.mailSenders().values());
      case SEQUENCES -> documents(sequences.newest().values());
      case SCRIPTS -> documents(scripts.scripts().values());
      case SIGNING_KEYS -> documents(outbound.signingKeys().values());
      case OPT_OUTS -> documents(optOuts.all().values());
    };
  }

  private List<ObjectNode> documents(Iterable<?> specs) {
    List<ObjectNode> documents = new java.util.ArrayList<>();
    specs.forEach(spec -> documents.add(toJson(json, spec)));
    return documents;
  }

  static ObjectNode toJson(ObjectMapper json, Object spec) {
    ObjectNode node = json.createObjectNode();
    if (spec instanceof TenantSpec tenant) {
      node.put("kind", "Tenant").put("id", tenant.id()).put("name", tenant.name());
      node.put("timeZone", tenant.timeZone()).put("locale", tenant.locale());
      tenant.quietFrom().ifPresent(time -> node.put("quietFrom", time));
      tenant.quietTo().ifPresent(time -> node.put("quietTo", time));
      tenant.messageCap().ifPresent(cap -> node.put("messageCap", cap));
      tenant.mailCap().ifPresent(cap -> node.put("mailCap", cap));
      tenant.optOutWords().ifPresent(words -> node.set("optOutWords", json.valueToTree(words)));
      return paused(node.put("active", tenant.active()), tenant.effectsPaused());
    }
    if (spec instanceof AccountSpec account) {
      return account(node, account);
    }
    if (spec instanceof AgentSpec agent) {
      node.put("kind", "Agent").put("tenant", agent.tenant()).put("id", agent.id());
      node.put("account", agent.account()).put("name", agent.name());
      agent.silentAfterHuman().ifPresent(time -> node.put("silentAfterHuman", time));
      return paused(node.put("active", agent.active()), agent.effectsPaused());
    }
    if (spec instanceof SigningKeySpec key) {
      node.put("kind", "SigningKey").put("tenant", key.tenant()).put("id", key.id());
      return node.set("secrets", json.valueToTree(key.secrets()));
    }
    if (spec instanceof MailSenderSpec sender) {
      return mailSender(node, sender);
    }
    if (spec instanceof ScriptSpec script) {
      node.put("kind", "Script").put("tenant", script.tenant()).put("agent", script.agent());
      node.put("id", script.id()).put("title", script.title());
      node.put("category", script.category()).put("locale", script.locale());
      texts(json, node, "stages", script.stages());
      texts(json, node, "keyPhrases", script.keyPhrases());
      return node.put("body", script.body());
    }
    if (spec instanceof OptOutSpec optOut) {
      return optOut(node, optOut);
    }
    if (spec instanceof SequenceSpec sequence) {
      node.put("kind", "Sequence").put("tenant", sequence.tenant());
      return node.setAll(sequence.definition());
    }
    RuleSpec rule = (RuleSpec) spec;
    node.put("kind", "Rule").put("tenant", rule.tenant());
    return node.setAll(rule.definition());
  }

  private static ObjectNode account(ObjectNode node, AccountSpec account) {
    node.put("kind", "Account").put("tenant", account.tenant()).put("id", account.id());
    node.put("crm", account.crm()).put("subdomain", account.subdomain());
    node.put("vendorAccountId", account.vendorAccountId());
    node.put("webhookTokenSha256", account.webhookTokenSha256());
    node.put("apiBaseUrl", account.apiBaseUrl()).put("token", account.tokenReference());
    account.integrationUserId().ifPresent(id -> node.put("integrationUserId", id));
    node.put("requestsPerSecond", account.requestsPerSecond());
    node.put("accountRequestsPerSecond", account.accountRequestsPerSecond());
    account
        .chat()
        .ifPresent(
            chat ->
                node.put("chatBaseUrl", chat.baseUrl())
                    .put("chatScopeId", chat.scopeId())
                    .put("chatSecret", chat.secret())
                    .put("chatSenderId", chat.senderId()));
    account
        .messageBot()
        .ifPresent(
            bot -> node.put("messageBotId", bot.botId()).put("messageBotFieldId", bot.fieldId()));
    return paused(node.put("active", account.active()), account.effectsPaused());
  }

  /** Only a pause is told: what says nothing about it does not end one when it is applied. */
  private static ObjectNode paused(ObjectNode node, Optional<Boolean> effectsPaused) {
    return effectsPaused.orElse(false) ? node.put("effectsPaused", true) : node;
  }

  private static ObjectNode optOut(ObjectNode node, OptOutSpec optOut) {
    node.put("kind", "OptOut").put("tenant", optOut.tenant());
    String[] parts = optOut.recipient().split("[:/]", 3);
    return switch (parts[0]) {
      case "phone" -> node.put("phone", "+" + parts[1]);
      case "mail" -> node.put("mail", optOut.recipient().substring("mail:".length()));
      default -> node.put("account", parts[1]).put("contact", parts[2]);
    };
  }

  private static void texts(ObjectMapper json, ObjectNode node, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      node.set(name, json.valueToTree(texts));
    }
  }

  private static ObjectNode mailSender(ObjectNode node, MailSenderSpec sender) {
    node.put("kind", "MailSender").put("tenant", sender.tenant()).put("id", sender.id());
    node.put("host", sender.host()).put("port", sender.port()).put("security", sender.security());
    sender.user().ifPresent(user -> node.put("user", user));
    sender.password().ifPresent(reference -> node.put("password", reference));
    node.put("from", sender.from());
    sender.fromName().ifPresent(name -> node.put("fromName", name));
    sender.replyTo().ifPresent(address -> node.put("replyTo", address));
    sender.unsubscribeUrl().ifPresent(url -> node.put("unsubscribeUrl", url));
    sender.unsubscribeAddress().ifPresent(address -> node.put("unsubscribeAddress", address));
    return node.put("messagesPerSecond", sender.messagesPerSecond());
  }

  /** What {@code get} can print. */
  enum Kind {
    TENANTS,
    ACCOUNTS,
    AGENTS,
    RULES,
    SIGNING_KEYS,
    MAIL_SENDERS,
    SCRIPTS,
    OPT_OUTS,
    SEQUENCES
  }
}
