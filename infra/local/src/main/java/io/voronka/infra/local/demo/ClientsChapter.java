package io.voronka.infra.local.demo;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.effects.WithdrawalException;
import io.voronka.infra.local.effects.Withdrawals;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What clients may count on: not to be flooded, not to be talked to by an agent where a person
 * writes, not to be written to after saying stop. And an action that somebody takes back. In an
 * account of its own, whose leads are where no other rule waits for them.
 */
final class ClientsChapter {
  private static final List<String> HOOKS =
      List.of("add_talk", "add_message", "add_outgoing_message");
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** The sandbox's user under which integrations write: people are told from us by it. */
  private static final String US = "integrationUserId: 11002299\n";

  /** Its messages leave through the sandbox's bot that says what is in the field. */
  private static final String SPEAKING_BOT = "messageBotId: 9001\nmessageBotFieldId: 600002\n";

  private static final String PEACE =
      "{kind: Tenant, id: %1$s, name: %1$s, timeZone: Europe/Moscow, locale: ru}";

  private final World world;
  private final String bootstrapServers;
  private final String account;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param account to be opened
   */
  ClientsChapter(
      World world,
      String bootstrapServers,
      String account,
      Books books,
      Report report,
      Clock clock,
      Duration patience) {
    this.world = world;
    this.bootstrapServers = bootstrapServers;
    this.account = account;
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.patience = patience;
  }

  void play() throws IOException, SQLException, TokenStoreException {
    world.open(account, HOOKS, US);
    world.open(voice(), HOOKS, US + SPEAKING_BOT);
    world.register(List.of());
    long set = World.ruleSet(world.apply("clients.yaml", documents()));
    if (!world.awaitInForce(set, account, clock) || !world.awaitKnown(voice())) {
      report.step("caps and an agent that gives way in force", false, 0, "set " + set);
      return;
    }
    try {
      WhyProbe why =
          new WhyProbe(
              WhyRecords.open(bootstrapServers), world.tenant(), account, report, clock, patience);
      aClientAsksTwice(why);
      aPersonAnswers(why);
      aClientSaysStop(why);
      aBotSpeaks();
      somebodyTakesItBack(why);
    } catch (UnanswerableException | WithdrawalException e) {
      report.step("why clients were left in peace is answered", false, 0, e.getMessage());
    } finally {
      world.apply("peace.yaml", PEACE.formatted(world.tenant()));
    }
  }

  private void aClientAsksTwice(WhyProbe why) throws UnanswerableException {
    KommoClient care = world.kommo(account);
    long lead = lead("Клара, чай");
    long talk = care.openTalk(lead);
    Expected menu = new Expected(account, "send_message", "leads/" + lead, "Меню во вложении");
    books.expect(menu);
    long started = clock.millis();
    care.receiveMessage(talk, "Пришлите меню, пожалуйста");
    boolean came = books.await(menu, patience).isPresent();
    report.step(
        "a client asks for the menu and gets it", came, clock.millis() - started, menu.toString());
    care.receiveMessage(talk, "И ещё раз меню");
    why.ended(
        "once more within the hour is over the cap, and refused",
        "send-the-menu",
        lead,
        ActionOutcome.REFUSED,
        "frequency-cap");
  }

  private void aPersonAnswers(WhyProbe why) throws UnanswerableException {
    KommoClient care = world.kommo(account);
    long lead = lead("Игнат, столик");
    long talk = care.openTalk(lead);
    care.sendMessage(talk, "Здравствуйте, это Анна. Чем помочь?");
    care.receiveMessage(talk, "Нужен столик на двоих");
    why.ended(
        "a person is talking to the client, and the agent keeps silent",
        "olga-books-tables",
        lead,
        ActionOutcome.REFUSED,
        "human-took-over");
  }

  private void aClientSaysStop(WhyProbe why) throws UnanswerableException {
    KommoClient care = world.kommo(account);
    long lead = lead("Роза, никогда");
    long talk = care.openTalk(lead);
    care.receiveMessage(talk, "Стоп!");
    care.receiveMessage(talk, "Ладно, пришлите меню");
    why.ended(
        "a client who wrote stop is not written to",
        "send-the-menu",
        lead,
        ActionOutcome.REFUSED,
        "opted-out");
  }

  private void aBotSpeaks() {
    KommoClient kommo = world.kommo(voice());
    long lead = kommo.createLeadSilently("Яна, терраса", Story.PIPELINE, Story.OFFER_SENT);
    Expected text = new Expected(voice(), "update_field", "leads/" + lead, "Бронь подтверждена");
    Expected run = new Expected(voice(), "run_salesbot", "leads/" + lead, "");
    books.expect(text);
    books.expect(run);
    long talk = kommo.openTalk(lead);
    long started = clock.millis();
    kommo.receiveMessage(talk, "Подтвердите бронь");
    boolean ran = books.await(text, patience).isPresent() && books.await(run, patience).isPresent();
    boolean said = kommo.lead(lead).path("messages").toString().contains("Бронь подтверждена");
    report.step(
        "where a salesbot speaks for the account, it says what was put into the lead's field",
        ran && said,
        clock.millis() - started,
        ran ? run.toString() : "missing: " + text);
  }

  private String voice() {
    return world.tenant() + "-voice";
  }

  /** As {@code voronka withdraw} does it, while the action waits for the end of a pause. */
  private void somebodyTakesItBack(WhyProbe why)
      throws SQLException, UnanswerableException, WithdrawalException {
    KommoClient care = world.kommo(account);
    long lead = lead("Глеб, заказ");
    long talk = care.openTalk(lead);
    world.pauseAndWait();
    try (TopicReader<ActionRequested> requests =
        TopicReader.fromNow(bootstrapServers, Topics.ACTIONS_REQUESTED, ActionRequested.class)) {
      care.receiveMessage(talk, "Хочу сделать заказ");
      Optional<String> action = requested(requests, lead);
      if (action.isPresent()) {
        new Withdrawals(bootstrapServers, clock)
            .withdraw(Set.of(action.get()), Duration.ofHours(1), "demo");
      }
      why.ended(
          "an action that waits is taken back",
          "note-who-orders",
          lead,
          ActionOutcome.WITHDRAWN,
          "taken-back");
    } finally {
      world.pause(false);
    }
    boolean quiet =
        books.effects().stream()
            .noneMatch(
                entry -> entry.account().equals(account) && entry.entity().equals("leads/" + lead));
    report.step("and nothing of it is in the CRM", quiet, 0, quiet ? "no note" : "a note came");
  }

  private Optional<String> requested(TopicReader<ActionRequested> requests, long lead) {
    String[] found = new String[1];
    Polling.until(
        patience,
        LOOK_EVERY,
        () -> {
          requests.poll(
              entry -> {
                ActionRequested one = entry.value();
                if (one.getAccountId().equals(account)
                    && one.getSubjectId().equals(Long.toString(lead))) {
                  found[0] = one.getId();
                }
              });
          return found[0] != null;
        });
    return Optional.ofNullable(found[0]);
  }

  private long lead(String name) {
    return world.kommo(account).createLeadSilently(name, Story.PIPELINE, Story.OFFER_SENT);
  }

  private String documents() throws IOException {
    try (InputStream in = ClientsChapter.class.getResourceAsStream("clients.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("TENANT-care", account)
          .replace("TENANT-voice", voice())
          .replace("TENANT", world.tenant());
    }
  }
}
