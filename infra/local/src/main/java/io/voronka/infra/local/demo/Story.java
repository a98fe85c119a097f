package io.voronka.infra.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.client.ActResult;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The story of the road: what people do in the CRM, and what must come of it. */
public final class Story {
  static final long PIPELINE = 7_300_100;
  static final long FIRST_CONTACT = 64_100_200;
  static final long DISCUSSION = 64_100_300;
  static final long OFFER_SENT = 64_100_400;
  static final long BUDGET_FIELD = 600_004;

  private final World world;
  private final String shopName;
  private final SandboxClient sandbox;
  private final KommoClient shop;
  private final Books books;
  private final Report report;
  private final Clock clock;
  private final Demo.Settings settings;

  Story(
      World world,
      String shopName,
      Books books,
      Report report,
      Clock clock,
      Demo.Settings settings) {
    this.world = world;
    this.shopName = shopName;
    this.sandbox = world.sandbox();
    this.shop = world.kommo(shopName);
    this.books = books;
    this.report = report;
    this.clock = clock;
    this.settings = settings;
  }

  /** Everything but the load, in order. Goes on after a step that failed, so that all are told. */
  void play() throws IOException {
    oneWebhook();
    aClientWrites();
    aBudgetGrows();
    aBatch();
    duplicates();
    outOfOrder();
    malformed();
  }

  private void oneWebhook() {
    long lead = shop.createLeadSilently("Ирина, пекарня", PIPELINE, FIRST_CONTACT);
    Expected call = task(lead, "Call Ирина, пекарня");
    books.expect(call);
    boolean came =
        expectAfter(
            "one webhook: a lead enters Discussion, a task appears",
            shop.moveLead(lead, PIPELINE, DISCUSSION),
            List.of(call));
    if (came) {
      report.firstEffect((clock.millis() - settings.typedAt()) / 1000.0);
    }
  }

  private void aClientWrites() {
    long lead = shop.createLeadSilently("Olga, flowers", PIPELINE, FIRST_CONTACT);
    long talk = shop.openTalk(lead);
    Expected answer =
        new Expected(shopName, "send_message", "leads/" + lead, "Высылаем прайс-лист");
    books.expect(answer);
    expectAfter(
        "a client asks for the price, a message is sent",
        shop.receiveMessage(talk, "Здравствуйте! Какая цена?"),
        List.of(answer));
  }

  private void aBudgetGrows() {
    long lead = shop.createLeadSilently("Pavel, carpets", PIPELINE, FIRST_CONTACT);
    Expected moved = new Expected(shopName, "change_stage", "leads/" + lead, "" + OFFER_SENT);
    books.expect(moved);
    expectAfter(
        "a budget grows to 250 000, the lead moves to Offer sent",
        shop.setField(lead, BUDGET_FIELD, "250000"),
        List.of(moved));
  }

  private void aBatch() {
    ObjectNode body = Json.object();
    body.put("batch", true).put("wait", true);
    var actions = body.putArray("actions");
    List<Expected> calls = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String name = "Batch of three, " + i;
      long lead = shop.createLeadSilently(name, PIPELINE, FIRST_CONTACT);
      actions.add(move(lead, DISCUSSION));
      calls.add(task(lead, "Call " + name));
    }
    calls.forEach(books::expect);
    expectAfter("three leads in one webhook, three tasks", shop.act(body), calls);
  }

  private void duplicates() {
    long lead = shop.createLeadSilently("Said three times", PIPELINE, FIRST_CONTACT);
    Expected call = task(lead, "Call Said three times");
    books.expect(call);
    ActResult moved = shop.moveLead(lead, PIPELINE, DISCUSSION);
    for (long delivery : moved.deliveries()) {
      sandbox.repeat(delivery);
      sandbox.repeat(delivery);
    }
    expectAfter("the same webhook three times, one task", moved, List.of(call));
  }

  /** A hook that Kommo retried late: the lead has moved on, and nobody should call any more. */
  private void outOfOrder() {
    long started = clock.millis();
    long lead = shop.createLeadSilently("Overtaken", PIPELINE, FIRST_CONTACT);
    ObjectNode held = Json.object();
    held.put("hold", true).putArray("actions").add(move(lead, DISCUSSION));
    ActResult late = shop.act(held);
    // Kommo's times have whole seconds: the later change must be later by one.
    sandbox.advance(Duration.ofSeconds(2));
    shop.moveLead(lead, PIPELINE, OFFER_SENT);
    boolean answered = true;
    for (long delivery : late.deliveries()) {
      answered &= good(sandbox.sendHeld(delivery));
    }
    boolean settled = settle("After the overtaking");
    boolean quiet =
        books.effects().stream().noneMatch(entry -> entry.entity().equals("leads/" + lead));
    report.step(
        "an old webhook comes after a newer one, nothing happens",
        answered && settled && quiet,
        clock.millis() - started,
        quiet ? "no effect, as it should be" : "acted on a stage that the lead had left");
  }

  private void malformed() throws IOException {
    long started = clock.millis();
    String address = world.hookAddressOf(shopName);
    int before = books.count();
    List<Attempt> answers =
        List.of(
            sandbox.sendRaw(address, "leads[status][0][id=%ZZ&&&=&leads[[[", "malformed-1"),
            sandbox.sendRaw(
                address,
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2},
                "application/x-www-form-urlencoded",
                "malformed-2"),
            sandbox.sendRaw(
                address,
                "account[id]=1&account[subdomain]=somebody-else&leads[status][0][id]=5&leads[status][0][status_id]="
                    + DISCUSSION
                    + "&leads[status][0][old_status_id]=1",
                "foreign"));
    boolean answered = answers.stream().allMatch(attempt -> attempt.answer() == 200);
    Attempt unknown =
        sandbox.sendRaw(
            address.substring(0, address.length() - 6) + "000000", "a=b", "unknown-token");
    boolean settled = settle("After the malformed");
    boolean quiet = books.count() == before + 1;
    report.step(
        "malformed and foreign bodies: archived, answered 200, no effect",
        answered && unknown.answer() == 404 && settled && quiet,
        clock.millis() - started,
        "answers %s, unknown token %d"
            .formatted(answers.stream().map(Attempt::answer).toList(), unknown.answer()));
  }

  /**
   * Moves one more lead and waits for its task: all of an account's actions take one way, so what
   * was sent before has then been dealt with.
   */
  private boolean settle(String name) {
    long lead = shop.createLeadSilently(name, PIPELINE, FIRST_CONTACT);
    Expected call = task(lead, "Call " + name);
    books.expect(call);
    shop.moveLead(lead, PIPELINE, DISCUSSION);
    return books.await(call, settings.patience()).isPresent();
  }

  private boolean expectAfter(String name, ActResult acted, List<Expected> effects) {
    return expectAfter(name, acted, effects, settings.patience());
  }

  /** Waits for effects that the books expect after what was done; tells how long it took. */
  boolean expectAfter(String name, ActResult acted, List<Expected> effects, Duration within) {
    long sent =
        acted.attempts() == null
            ? clock.millis()
            : acted.attempts().stream().mapToLong(Attempt::at).min().orElse(clock.millis());
    boolean answered = acted.attempts() == null || acted.attempts().stream().allMatch(Story::good);
    long last = 0;
    List<String> missing = new ArrayList<>();
    long end = clock.millis() + within.toMillis();
    for (Expected effect : effects) {
      // One time for all of them; who comes when it is over is looked for once.
      Duration left = Duration.ofMillis(end - clock.millis());
      Optional<LedgerEntry> found = books.await(effect, left);
      if (found.isPresent()) {
        last = Math.max(last, found.get().at() - sent);
      } else {
        missing.add(effect.toString());
      }
    }
    report.step(
        name,
        answered && missing.isEmpty(),
        missing.isEmpty() ? last : within.toMillis(),
        !answered
            ? "the gateway did not answer 200"
            : missing.isEmpty() ? effects.get(0).toString() : "missing: " + missing);
    return missing.isEmpty();
  }

  private static boolean good(Attempt attempt) {
    return attempt.answer() == 200;
  }

  private static ObjectNode move(long lead, long stage) {
    return KommoClient.action("move_lead")
        .put("id", lead)
        .put("pipeline_id", PIPELINE)
        .put("status_id", stage);
  }

  Expected task(long lead, String text) {
    return new Expected(shopName, "create_task", "leads/" + lead, text);
  }
}
