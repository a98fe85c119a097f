package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.jobs.executeactions.transport.address.AddressGuard;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.jobs.executeactions.transport.answers.AnswerTransport;
import io.voronka.jobs.executeactions.transport.answers.ModelSettings;
import io.voronka.jobs.executeactions.transport.mail.MailSettings;
import io.voronka.jobs.executeactions.transport.mail.MailTransport;
import io.voronka.jobs.executeactions.transport.webhook.WebhookLimits;
import io.voronka.jobs.executeactions.transport.webhook.WebhookTransport;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens the real transport in its task: secrets are looked up there, by reference.
 *
 * @param tokens null: no account keeps its tokens in the store
 * @param allowed addresses that tenants' hosts may be at although they are not public
 * @param trustedMailHosts mail servers whose certificates are taken without a known authority
 * @param model null: agents answer from their scripts word for word
 * @param unsubscribeKey where the secret of mails' unsubscribe links is; null: mails carry none
 */
public record OutsideWorld(
    TokenStoreSettings tokens,
    List<AddressRange> allowed,
    List<String> trustedMailHosts,
    ModelSettings model,
    String unsubscribeKey)
    implements ActionTransport.Factory {
  private static final HttpLimits CRM_LIMITS =
      new HttpLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 8 << 20);

  @Override
  public ActionTransport open() {
    Clock clock = Clock.systemUTC();
    Secrets secrets = new Secrets(System::getenv);
    AllowedHost hosts = new AllowedHost(InetAddress::getAllByName, new AddressGuard(allowed));
    DirectDatabase database = tokens == null ? null : database(secrets);
    TokenStore store = database == null ? new NoTokenStore() : store(database, secrets);
    // The JDK's HTTP client starts a thread that inherits the class loader of its maker, and lives
    // until the client is collected: it must not hold on to the job's classes.
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      KommoClient kommo = KommoClient.start(store, secrets, clock, CRM_LIMITS);
      CrmTransport crm = new CrmTransport(kommo, kommo.chats(), kommo.inventory(), clock);
      return new RoutedTransport(
          crm,
          WebhookTransport.start(WebhookLimits.standard(), hosts, secrets, clock),
          new MailTransport(
              MailSettings.standard(trustedMailHosts), hosts, secrets, clock, seal(secrets)),
          model == null
              ? AnswerTransport.fromScripts(crm)
              : AnswerTransport.fromModel(model, secrets, crm),
          database == null ? SendJournal.NONE : JdbcSendJournal.start(database));
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  private Optional<UnsubscribeSeal> seal(Secrets secrets) {
    if (unsubscribeKey == null) {
      return Optional.empty();
    }
    try {
      String secret = secrets.resolve(SecretReference.parse(unsubscribeKey));
      return Optional.of(UnsubscribeSeal.with(List.of(secret)));
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      throw new IllegalStateException("--unsubscribe.key: " + e.getMessage(), e);
    }
  }

  private DirectDatabase database(Secrets secrets) {
    try {
      String password = secrets.resolve(SecretReference.parse(tokens.passwordReference()));
      return new DirectDatabase(tokens.jdbcUrl(), tokens.user(), password);
    } catch (UnresolvedSecretException e) {
      throw new IllegalStateException("token store: " + e.getMessage(), e);
    }
  }

  private TokenStore store(DirectDatabase database, Secrets secrets) {
    try {
      String key = secrets.resolve(SecretReference.parse(tokens.keyReference()));
      return new JdbcTokenStore(database, TokenCipher.withKey(key));
    } catch (UnresolvedSecretException e) {
      throw new IllegalStateException("token store: " + e.getMessage(), e);
    }
  }
}
