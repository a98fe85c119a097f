package io.voronka.infra.local.demo;

import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.infra.sandbox.client.ActResult;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Stage;
import io.voronka.rules.why.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Rules that wait, hold back or only watch, and the answers to why nothing happened. */
final class RulesChapter {
  /** As the rule says. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Story story;
  private final SandboxClient sandbox;
  private final KommoClient shop;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Duration patience;
  private final String bootstrapServers;
  private final String tenant;
  private final String account;

  RulesChapter(
      Story story,
      World world,
      String account,
      Books books,
      Report report,
      Clock clock,
      Demo.Settings settings,
      String bootstrapServers) {
    this.story = story;
    this.sandbox = world.sandbox();
    this.shop = world.kommo(account);
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.patience = settings.patience();
    this.bootstrapServers = bootstrapServers;
    this.tenant = world.tenant();
    this.account = account;
  }

  void play() {
    long answered = aClientIsAnswered();
    aClientWaits();
    // Her moment would have come before that of who wrote later.
    nothingCameOf(answered);
    try {
      WhyProbe why =
          new WhyProbe(WhyRecords.open(bootstrapServers), tenant, account, report, clock, patience);
      aClientLeavesTwice(why);
      aBudgetIsTooSmall(why);
    } catch (UnanswerableException e) {
      report.step("why nothing happened is answered", false, 0, e.getMessage());
    }
  }

  private long aClientIsAnswered() {
    long lead = lead("Zoya, who is answered in time");
    long talk = shop.openTalk(lead);
    shop.receiveMessage(talk, "Good day! Are you open on Sunday?");
    shop.sendMessage(talk, "We are, from ten to six.");
    return lead;
  }

  private void nothingCameOf(long lead) {
    boolean quiet =
        books.effects().stream().noneMatch(entry -> entry.entity().equals("leads/" + lead));
    report.step(
        "a client who is answered in time gets no task",
        quiet,
        0,
        quiet ? "no effect, as it should be" : "a task came though somebody had answered");
  }

  private void aClientWaits() {
    String name = "Nina, whom nobody answers";
    long lead = lead(name);
    long talk = shop.openTalk(lead);
    Expected reminder = story.task(lead, "Answer " + name);
    books.expect(reminder);
    story.expectAfter(
        "nobody answers a client for 5 s, a task appears by itself",
        shop.receiveMessage(talk, "Good day! Do you deliver?"),
        List.of(reminder),
        patience.plus(WAIT));
  }

  private void aClientLeavesTwice(WhyProbe why) throws UnanswerableException {
    String name = "Vera, who leaves twice";
    long lead = shop.createLeadSilently(name, Story.PIPELINE, Story.FIRST_CONTACT);
    Expected question = story.task(lead, "Ask " + name);
    books.expect(question);
    story.expectAfter("a lead is lost, a task appears", lost(lead), List.of(question), patience);
    why.judged(
        "the rule that only watches would have added a note",
        "discount-to-who-leaves",
        lead,
        Reason.OBSERVED);
    // Kommo's times have whole seconds: what happens again must be later by one.
    sandbox.advance(Duration.ofSeconds(2));
    shop.moveLead(lead, Story.PIPELINE, Story.FIRST_CONTACT);
    sandbox.advance(Duration.ofSeconds(2));
    lost(lead);
    why.judged(
        "the lead is lost again the same day, cooldown holds it back",
        "ask-who-leaves",
        lead,
        Reason.COOLDOWN);
  }

  private void aBudgetIsTooSmall(WhyProbe why) throws UnanswerableException {
    long lead = shop.createLeadSilently("Roman, one rug", Story.PIPELINE, Story.FIRST_CONTACT);
    shop.setField(lead, Story.BUDGET_FIELD, "20000");
    why.judged(
        "a budget is too small, and the records say so",
        "big-budgets-get-an-offer",
        lead,
        Reason.NOT_MATCHED);
  }

  private long lead(String name) {
    return shop.createLead(name, Story.PIPELINE, Story.FIRST_CONTACT).id();
  }

  private ActResult lost(long lead) {
    return shop.moveLead(lead, Story.PIPELINE, Stage.LOST);
  }
}
