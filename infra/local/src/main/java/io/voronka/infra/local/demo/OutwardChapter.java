package io.voronka.infra.local.demo;

import io.voronka.infra.local.apply.StarterScripts;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What leaves the CRM: a mail that the sandbox's mail server takes, a webhook whose signature its
 * receiver checks, and an answer that an agent makes from its scripts.
 */
final class OutwardChapter {
  private static final long WON = 142;
  private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

  private final World world;
  private final StackAddresses at;
  private final String shopName;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Duration patience;

  OutwardChapter(
      World world,
      StackAddresses at,
      String shopName,
      Books books,
      Report report,
      Clock clock,
      Duration patience) {
    this.world = world;
    this.at = at;
    this.shopName = shopName;
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.patience = patience;
  }

  void play() throws IOException, SQLException {
    long set = World.ruleSet(world.apply("outward.yaml", documents()));
    if (!world.awaitInForce(set, shopName, clock)) {
      report.step("rules for mail, webhooks and answers in force", false, 0, "set " + set);
      return;
    }
    aLeadIsWon();
    aClientAsks();
  }

  private void aLeadIsWon() {
    KommoClient shop = world.kommo(shopName);
    long lead = shop.createLeadSilently("Вера, букеты", Story.PIPELINE, Story.FIRST_CONTACT);
    long before = world.sandbox().ledgerEnd();
    long started = clock.millis();
    shop.moveLead(lead, Story.PIPELINE, WON);
    Optional<LedgerEntry> mail = await(before, "send_email", "client@demo.test");
    boolean right =
        mail.isPresent()
            && mail.get().body().path("subject").asText().equals("Спасибо, Вера, букеты!")
            && mail.get().body().path("headers").has("list-unsubscribe-post");
    report.step(
        "a lead is won, the client gets a mail",
        right,
        clock.millis() - started,
        mail.map(line -> "«" + line.body().path("subject").asText() + "»").orElse("no mail"));
    Optional<LedgerEntry> hook = await(before, "webhook", "partner");
    boolean signed = hook.map(OutwardChapter::isSigned).orElse(false);
    report.step(
        "and the partner a webhook whose signature is right",
        signed,
        clock.millis() - started,
        hook.map(line -> "webhook-id " + line.headers().get("webhook-id")).orElse("no webhook"));
  }

  private void aClientAsks() {
    KommoClient shop = world.kommo(shopName);
    long lead = shop.createLeadSilently("Семён, мёд", Story.PIPELINE, Story.FIRST_CONTACT);
    long talk = shop.openTalk(lead);
    Expected answer = new Expected(shopName, "send_message", "leads/" + lead, "рабочих дней");
    books.expect(answer);
    long started = clock.millis();
    shop.receiveMessage(talk, "Подскажите, какие сроки доставки?");
    Optional<LedgerEntry> said = books.await(answer, patience);
    report.step(
        "a client asks about delivery, the agent answers from a script",
        said.isPresent(),
        clock.millis() - started,
        said.map(line -> line.body().toString()).orElse("missing: " + answer));
  }

  private Optional<LedgerEntry> await(long after, String kind, String account) {
    LedgerEntry[] found = new LedgerEntry[1];
    Polling.until(
        patience,
        Duration.ofMillis(50),
        () -> {
          world.sandbox().allLedger(after, Map.of("kind", kind, "account", account)).stream()
              .findFirst()
              .ifPresent(line -> found[0] = line);
          return found[0] != null;
        });
    return Optional.ofNullable(found[0]);
  }

  /** As a receiver checks it that has the secret from somewhere else. */
  private static boolean isSigned(LedgerEntry hook) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
      String signed =
          hook.headers().get("webhook-id")
              + '.'
              + hook.headers().get("webhook-timestamp")
              + ".{\"won\": \"Вера, букеты\"}";
      byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return ("v1," + Base64.getEncoder().encodeToString(expected))
          .equals(hook.headers().get("webhook-signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private String documents() throws IOException {
    Path secret = world.secretFile("partner.secret", "whsec_" + SECRET);
    try (InputStream in = OutwardChapter.class.getResourceAsStream("outward.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("SECRET_FILE", secret.toString())
              .replace("SMTP_PORT", Integer.toString(at.sandboxSmtpPort()))
              .replace("SANDBOX", at.sandbox())
              .replace("TENANT-shop", shopName)
              .replace("TENANT", world.tenant())
          + StarterScripts.of(world.tenant(), "anna", "ru");
    }
  }
}
