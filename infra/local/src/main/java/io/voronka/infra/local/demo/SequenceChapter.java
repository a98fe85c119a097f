package io.voronka.infra.local.demo;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.sequences.SequenceCommands;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import io.voronka.sequences.explain.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A sequence of three steps: one client gets them all, paused meanwhile by a person, one answers
 * and is left in peace, and one answers when a step is on its way already.
 */
final class SequenceChapter {
  private static final String SEQUENCE = "follow-the-offer";
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** What the steps wait together, and some. */
  private static final Duration WAITS = Duration.ofSeconds(10);

  private final World world;
  private final String bootstrapServers;
  private final String shopName;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Duration patience;

  SequenceChapter(
      World world,
      String bootstrapServers,
      String shopName,
      Books books,
      Report report,
      Clock clock,
      Duration patience) {
    this.world = world;
    this.bootstrapServers = bootstrapServers;
    this.shopName = shopName;
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.patience = patience;
  }

  void play() throws IOException, SQLException {
    try (TopicReader<SequenceProgressed> progress =
        TopicReader.fromNow(
            bootstrapServers, Topics.SEQUENCES_PROGRESSED, SequenceProgressed.class)) {
      world.apply("sequences.yaml", documents());
      if (!awaitInForce()) {
        report.step("a sequence in force", false, 0, "not on its topic");
        return;
      }
      play(progress);
      answersInTime(progress);
    }
  }

  private void play(TopicReader<SequenceProgressed> progress) {
    KommoClient shop = world.kommo(shopName);
    long silent = shop.createLeadSilently("Тамара, сыр", Story.PIPELINE, Story.FIRST_CONTACT);
    long answering = shop.createLeadSilently("Фёдор, рыба", Story.PIPELINE, Story.FIRST_CONTACT);
    shop.receiveMessage(shop.openTalk(silent), "Здравствуйте");
    long talk = shop.openTalk(answering);
    shop.receiveMessage(talk, "Здравствуйте");
    Expected hello = message(answering, "Фёдор, рыба, ваше предложение готово");
    List<Expected> all =
        List.of(
            message(silent, "Тамара, сыр, ваше предложение готово"),
            message(silent, "Удалось посмотреть?"),
            new Expected(shopName, "create_task", "leads/" + silent, "about the offer"));
    books.expect(hello);
    all.forEach(books::expect);
    long started = clock.millis();
    shop.moveLead(answering, Story.PIPELINE, Story.OFFER_SENT);
    shop.moveLead(silent, Story.PIPELINE, Story.OFFER_SENT);
    boolean greeted = books.await(hello, patience).isPresent();
    long answered = clock.millis();
    shop.receiveMessage(talk, "Спасибо, беру!");
    Optional<SequenceProgressed> left = told(progress, answering, ProgressKind.EXITED);
    report.step(
        "a client answers in the middle of a sequence and leaves it at once",
        greeted && left.isPresent(),
        clock.millis() - answered,
        left.map(one -> one.getReason() + " in step " + one.getStepId()).orElse("still inside"));
    lookInto(silent, answering);
    Duration whole = patience.plus(WAITS);
    boolean complete = all.stream().allMatch(effect -> books.await(effect, whole).isPresent());
    report.step(
        "one who is silent gets all three steps",
        complete,
        clock.millis() - started,
        complete ? "two messages and a task" : "steps are missing");
  }

  /** The step waits in the executor when the client writes; the books know of no message to it. */
  private void answersInTime(TopicReader<SequenceProgressed> progress) throws SQLException {
    KommoClient shop = world.kommo(shopName);
    long lead = shop.createLeadSilently("Ульяна, мёд", Story.PIPELINE, Story.FIRST_CONTACT);
    long talk = shop.openTalk(lead);
    shop.receiveMessage(talk, "Здравствуйте");
    try (TopicReader<ActionCompleted> outcomes =
        TopicReader.fromNow(bootstrapServers, Topics.ACTIONS_COMPLETED, ActionCompleted.class)) {
      world.pauseAndWait();
      shop.moveLead(lead, Story.PIPELINE, Story.OFFER_SENT);
      boolean asked = told(progress, lead, ProgressKind.REQUESTED).isPresent();
      long answered = clock.millis();
      shop.receiveMessage(talk, "Не пишите, я уже купила");
      boolean left = told(progress, lead, ProgressKind.EXITED).isPresent();
      long after = clock.millis() - answered;
      boolean withdrawn = withdrawn(outcomes, lead);
      world.pause(false);
      report.step(
          "a client answers while a step is under way: it is taken back",
          asked && left && withdrawn,
          after,
          withdrawn ? "withdrawn before it was sent" : "not taken back");
    }
  }

  private boolean withdrawn(TopicReader<ActionCompleted> outcomes, long lead) {
    boolean[] found = new boolean[1];
    Polling.until(
        patience,
        LOOK_EVERY,
        () -> {
          outcomes.poll(
              entry ->
                  found[0] |=
                      entry.value().getSubjectId().equals(Long.toString(lead))
                          && entry.value().getOutcome() == ActionOutcome.WITHDRAWN);
          return found[0];
        });
    return found[0];
  }

  private void lookInto(long silent, long answering) {
    try {
      SequenceRecords records = SequenceRecords.open(bootstrapServers);
      pausedAndResumed(records, silent);
      Answer why = why(records, answering);
      String english = why.text(Language.EN);
      report.step(
          "asked why a lead left, the records tell it",
          english.contains("because an exit applied (when a message comes in)"),
          0,
          english);
      report.say(why.text(Language.RU));
    } catch (UnanswerableException e) {
      report.step("the records of the sequence can be read", false, 0, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      report.step("a person pauses a lead's run, and resumes it", false, 0, "interrupted");
    }
  }

  /** Somebody looks into it; what was due meanwhile comes when it is resumed. */
  private void pausedAndResumed(SequenceRecords records, long lead) throws InterruptedException {
    long started = clock.millis();
    ask(lead, CommandKind.PAUSE);
    String paused = why(records, lead).text(Language.EN);
    List<SequenceProgressed> resumed = ask(lead, CommandKind.RESUME);
    report.step(
        "a person pauses a lead's run, and resumes it",
        paused.contains("has been paused since")
            && resumed.stream().anyMatch(one -> one.getKind() == ProgressKind.RESUMED),
        clock.millis() - started,
        paused);
  }

  private List<SequenceProgressed> ask(long lead, CommandKind kind) throws InterruptedException {
    Subject subject = new Subject(world.tenant(), shopName, EntityType.LEAD, Long.toString(lead));
    return new SequenceCommands(bootstrapServers, clock)
        .ask(
            List.of(new SequenceCommands.Target(subject, null)),
            new SequenceCommands.Order(kind, SEQUENCE, null, null, false, "olga"),
            patience)
        .get(0)
        .records();
  }

  private Answer why(SequenceRecords records, long lead) {
    return records.why(world.tenant(), shopName, SEQUENCE, Long.toString(lead), clock.millis());
  }

  private Expected message(long lead, String text) {
    return new Expected(shopName, "send_message", "leads/" + lead, text);
  }

  /** What is told next of that kind. */
  private Optional<SequenceProgressed> told(
      TopicReader<SequenceProgressed> progress, long lead, ProgressKind kind) {
    SequenceProgressed[] found = new SequenceProgressed[1];
    Polling.until(
        patience,
        LOOK_EVERY,
        () -> {
          progress.poll(
              entry -> {
                SequenceProgressed one = entry.value();
                if (one.getKind() == kind
                    && one.getAccountId().equals(shopName)
                    && one.getSubjectId().equals(Long.toString(lead))) {
                  found[0] = one;
                }
              });
          return found[0] != null;
        });
    return Optional.ofNullable(found[0]);
  }

  private boolean awaitInForce() {
    try (TopicReader<ControlChange> rows =
        TopicReader.fromStart(bootstrapServers, Topics.CONTROL_SEQUENCES, ControlChange.class)) {
      long[] effectiveAt = {-1};
      return Polling.until(
          patience,
          LOOK_EVERY,
          () -> {
            rows.poll(
                entry -> {
                  ControlChange change = entry.value();
                  if (change != null
                      && change.getOp() == ControlOp.UPSERT
                      && change.getSequence().getTenantId().equals(world.tenant())) {
                    effectiveAt[0] = change.getSequence().getEffectiveAt();
                  }
                });
            return effectiveAt[0] >= 0 && clock.millis() > effectiveAt[0];
          });
    }
  }

  private String documents() throws IOException {
    try (InputStream in = SequenceChapter.class.getResourceAsStream("sequences.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("TENANT", world.tenant());
    }
  }
}
