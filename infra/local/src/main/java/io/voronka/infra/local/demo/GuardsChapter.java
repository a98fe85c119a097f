package io.voronka.infra.local.demo;

import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.kommo.model.Stage;
import io.voronka.schemas.ActionOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What is not sent although a rule asks for it: a message in the client's quiet hours, a mail to
 * who said stop. Both are outcomes, and the answer to why says which. And a pause.
 */
final class GuardsChapter {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final String PEACE =
      "{kind: Tenant, id: %1$s, name: %1$s, timeZone: Europe/Moscow, locale: ru}";

  /** How long a pause that has taken hold is watched. */
  private static final Duration WATCHED = Duration.ofSeconds(2);

  private final Story story;
  private final World world;
  private final String shopName;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Duration patience;
  private final String bootstrapServers;

  GuardsChapter(
      Story story,
      World world,
      String shopName,
      Books books,
      Report report,
      Clock clock,
      Duration patience,
      String bootstrapServers) {
    this.story = story;
    this.world = world;
    this.shopName = shopName;
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.patience = patience;
    this.bootstrapServers = bootstrapServers;
  }

  /** After {@link OutwardChapter}, whose mail is the one that is not sent any more. */
  void play() throws IOException, SQLException {
    long set = World.ruleSet(world.apply("guards.yaml", documents()));
    if (!world.awaitInForce(set, shopName, clock)) {
      report.step("quiet hours and an opt-out in force", false, 0, "set " + set);
      return;
    }
    try {
      WhyRecords records = WhyRecords.open(bootstrapServers);
      WhyProbe why = new WhyProbe(records, world.tenant(), shopName, report, clock, patience);
      somebodyWritesAtNight(why);
      whoUnsubscribedWins(why);
    } catch (UnanswerableException e) {
      report.step("why nothing was sent is answered", false, 0, e.getMessage());
    } finally {
      world.apply("peace.yaml", PEACE.formatted(world.tenant()));
    }
    effectsArePaused();
  }

  /** Not before a pause has taken hold, and then at once when it ends. */
  void effectsArePaused() throws SQLException {
    KommoClient shop = world.kommo(shopName);
    String name = "Пётр, пауза";
    long lead = shop.createLeadSilently(name, Story.PIPELINE, Story.FIRST_CONTACT);
    Expected call = story.task(lead, "Call " + name);
    books.expect(call);
    world.pauseAndWait();
    shop.moveLead(lead, Story.PIPELINE, Story.DISCUSSION);
    boolean held = books.await(call, WATCHED).isEmpty();
    world.pause(false);
    long resumed = clock.millis();
    boolean came = books.await(call, patience).isPresent();
    report.step(
        "a second after a pause nothing leaves, and then it does",
        held && came,
        clock.millis() - resumed,
        held ? call.toString() : "sent in spite of the pause");
  }

  private void somebodyWritesAtNight(WhyProbe why) throws UnanswerableException {
    KommoClient shop = world.kommo(shopName);
    long lead = shop.createLeadSilently("Лида, свечи", Story.PIPELINE, Story.FIRST_CONTACT);
    long talk = shop.openTalk(lead);
    shop.receiveMessage(talk, "Доброй ночи! Ещё работаете?");
    why.ended(
        "a message in the client's quiet hours is refused",
        "greet-who-writes-at-night",
        lead,
        ActionOutcome.REFUSED,
        "quiet-hours");
  }

  private void whoUnsubscribedWins(WhyProbe why) throws UnanswerableException {
    KommoClient shop = world.kommo(shopName);
    followTheLink();
    long lead = shop.createLeadSilently("Вера, снова", Story.PIPELINE, Story.FIRST_CONTACT);
    long before = world.sandbox().ledgerEnd();
    shop.moveLead(lead, Story.PIPELINE, Stage.WON);
    why.ended(
        "a mail to a client who has unsubscribed is refused",
        "tell-of-won-leads",
        lead,
        ActionOutcome.REFUSED,
        "opted-out");
    int mails = world.sandbox().allLedger(before, Map.of("kind", "send_email")).size();
    report.step("and the mail server has seen none", mails == 0, 0, mails + " mails");
  }

  /** As a mail program does it: one click, one POST. */
  private void followTheLink() {
    long started = clock.millis();
    String link =
        world
            .sandbox()
            .allLedger(0, Map.of("kind", "send_email", "account", "client@demo.test"))
            .stream()
            .reduce((one, later) -> later)
            .map(mail -> mail.body().path("headers").path("list-unsubscribe").asText())
            .orElse("");
    String token = link.replaceAll("[<>\\s]", "").replaceAll(".*/", "");
    int answered =
        token.isEmpty() ? 0 : DirectCall.unsubscribe(world.gateway() + "/unsubscribe/" + token);
    report.step(
        "one click on the mail's link unsubscribes the client",
        answered == 200,
        clock.millis() - started,
        token.isEmpty() ? "the mail has no link" : "the gateway answered " + answered);
  }

  /** It is night now, whenever the demo is played. */
  private String documents() throws IOException {
    LocalTime here = clock.instant().atZone(ZoneId.of("Europe/Moscow")).toLocalTime();
    try (InputStream in = GuardsChapter.class.getResourceAsStream("guards.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("QUIET_FROM", TIME.format(here.minusHours(1)))
          .replace("QUIET_TO", TIME.format(here.plusHours(2)))
          .replace("TENANT", world.tenant());
    }
  }
}
