package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the documents ask for, by key: tenant, or tenant/id.
 *
 * @param origins the document of each, by kind, space and key
 * @param broken the documents that are left out
 * @param problems what is wrong with the documents one by one
 */
record Manifest(
    Map<String, TenantSpec> tenants,
    Map<String, AccountSpec> accounts,
    Map<String, AgentSpec> agents,
    Map<String, RuleSpec> rules,
    List<ExampleSpec> examples,
    Map<String, SigningKeySpec> signingKeys,
    Map<String, MailSenderSpec> mailSenders,
    Map<String, ScriptSpec> scripts,
    Map<String, OptOutSpec> optOuts,
    Map<String, SequenceSpec> sequences,
    Map<String, Document> origins,
    BrokenDocuments broken,
    List<Problem> problems) {

  /**
   * @throws ManifestException with all problems, when there is at least one
   */
  Manifest orThrow() {
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
    return this;
  }

  Problem problem(String kind, String key, String pointer, String message) {
    return origins.get(kind + " " + key).problem(pointer, message);
  }

  /**
   * @param effectsPaused empty: as it is
   * @param quietFrom 21:00 in its time zone; with quietTo, or both not
   * @param messageCap 3 per 24h: the most that one contact gets
   * @param mailCap the most that one address gets
   * @param optOutWords what opts a client out when it is the whole message; empty: the usual words
   */
  record TenantSpec(
      String id,
      String name,
      String timeZone,
      String locale,
      boolean active,
      Optional<Boolean> effectsPaused,
      Optional<String> quietFrom,
      Optional<String> quietTo,
      Optional<String> messageCap,
      Optional<String> mailCap,
      Optional<List<String>> optOutWords) {

    /** With the pause that is in force, unless it says something about it itself. */
    TenantSpec over(TenantSpec known) {
      Optional<Boolean> paused =
          pausedOver(effectsPaused, known == null ? Optional.empty() : known.effectsPaused());
      return new TenantSpec(
          id,
          name,
          timeZone,
          locale,
          active,
          paused,
          quietFrom,
          quietTo,
          messageCap,
          mailCap,
          optOutWords);
    }
  }

  /** A pause begins and ends when somebody says so, not because a document is silent. */
  private static Optional<Boolean> pausedOver(Optional<Boolean> said, Optional<Boolean> known) {
    return said.or(() -> known).or(() -> Optional.of(false));
  }

  /**
   * Our own chat channel in an account.
   *
   * @param secret env:NAME or file:/path
   * @param senderId whom messages are from, as the vendor's chats know them
   */
  record ChatSpec(String baseUrl, String scopeId, String secret, String senderId) {}

  /** A salesbot that says what is put into a field of the lead. */
  record BotSpec(String botId, String fieldId) {}

  /**
   * @param webhookTokenSha256 lower-case hex; the token itself is hashed when it is read
   * @param tokenReference store, env:NAME or file:/path
   * @param effectsPaused empty: as it is
   */
  record AccountSpec(
      String tenant,
      String id,
      String crm,
      String subdomain,
      long vendorAccountId,
      String webhookTokenSha256,
      String apiBaseUrl,
      String tokenReference,
      Optional<Long> integrationUserId,
      int requestsPerSecond,
      int accountRequestsPerSecond,
      boolean active,
      Optional<Boolean> effectsPaused,
      Optional<ChatSpec> chat,
      Optional<BotSpec> messageBot) {
    String key() {
      return tenant + "/" + id;
    }

    AccountSpec over(AccountSpec known) {
      return new AccountSpec(
          tenant,
          id,
          crm,
          subdomain,
          vendorAccountId,
          webhookTokenSha256,
          apiBaseUrl,
          tokenReference,
          integrationUserId,
          requestsPerSecond,
          accountRequestsPerSecond,
          active,
          pausedOver(effectsPaused, known == null ? Optional.empty() : known.effectsPaused()),
          chat,
          messageBot);
    }
  }

  /**
   * @param effectsPaused empty: as it is
   * @param silentAfterHuman 2h: so long it does not write where a person has written
   */
  record AgentSpec(
      String tenant,
      String id,
      String account,
      String name,
      boolean active,
      Optional<Boolean> effectsPaused,
      Optional<String> silentAfterHuman) {
    String key() {
      return tenant + "/" + id;
    }

    AgentSpec over(AgentSpec known) {
      Optional<Boolean> paused =
          pausedOver(effectsPaused, known == null ? Optional.empty() : known.effectsPaused());
      return new AgentSpec(tenant, id, account, name, active, paused, silentAfterHuman);
    }
  }

  /**
   * Somebody who does not want to be written to.
   *
   * @param recipient as {@code RecipientKeys} has it
   */
  record OptOutSpec(String tenant, String recipient) {
    String key() {
      return tenant + "/" + recipient;
    }
  }

  /**
   * @param secrets env:NAME or file:/path of each; all of them sign
   */
  record SigningKeySpec(String tenant, String id, List<String> secrets) {
    String key() {
      return tenant + "/" + id;
    }
  }

  /**
   * A mail server and in whose name mail leaves it.
   *
   * @param security tls, starttls or none
   * @param password env:NAME or file:/path
   */
  record MailSenderSpec(
      String tenant,
      String id,
      String host,
      int port,
      String security,
      Optional<String> user,
      Optional<String> password,
      String from,
      Optional<String> fromName,
      Optional<String> replyTo,
      Optional<String> unsubscribeUrl,
      Optional<String> unsubscribeAddress,
      int messagesPerSecond) {
    String key() {
      return tenant + "/" + id;
    }
  }

  /**
   * What an agent says in one situation.
   *
   * @param body a text with variables
   * @param stages only for leads in one of them; empty: in any
   * @param locale ru or en
   */
  record ScriptSpec(
      String tenant,
      String agent,
      String id,
      String title,
      String category,
      String locale,
      List<String> stages,
      List<String> keyPhrases,
      String body) {
    String key() {
      return tenant + "/" + agent + "/" + id;
    }
  }

  /**
   * @param definition as {@code rule.schema.json} has it
   */
  record RuleSpec(String tenant, String id, String name, ObjectNode definition) {
    String key() {
      return tenant + "/" + id;
    }
  }

  /**
   * @param definition as {@code sequence.schema.json} has it
   */
  record SequenceSpec(String tenant, String id, String name, ObjectNode definition) {
    String key() {
      return tenant + "/" + id;
    }
  }

  /**
   * Tries rules out, and is not applied.
   *
   * @param definition as {@code example.schema.json} has it
   */
  record ExampleSpec(String tenant, ObjectNode definition, Document document) {}
}
