package io.voronka.infra.local.demo;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sets the scene on a running stack, plays the story, changes rules, adds load, compares the books.
 */
public final class Demo {
  /** Of load, before the seconds of it that are asked for. */
  public static final int WARM_UP_SECONDS = 5;

  private static final int LOAD_ACCOUNTS = 20;
  private static final List<String> ALL_HOOKS =
      List.of(
          "add_lead",
          "update_lead",
          "status_lead",
          "responsible_lead",
          "note_lead",
          "add_task",
          "add_talk",
          "add_message",
          "add_outgoing_message");

  private final LocalStack stack;
  private final Report report;
  private final Clock clock;
  private final Settings settings;
  private final World world;
  private final SandboxClient sandbox;

  /**
   * @param folder for documents and secret files
   */
  public Demo(LocalStack stack, Path folder, Report report, Clock clock, Settings settings)
      throws IOException {
    this.stack = stack;
    this.report = report;
    this.clock = clock;
    this.settings = settings;
    this.world = new World(stack, folder, settings.tenant());
    this.sandbox = world.sandbox();
  }

  /**
   * @param tenant slug of the tenant to make; accounts are named after it
   * @param patience how long to wait for an effect
   * @param ratePerSecond webhooks a second of the load, over 20 accounts
   * @param loadSeconds how long the load lasts once it is warm; 0 leaves it out
   * @param typedAt epoch milliseconds when somebody typed the command
   */
  public record Settings(
      String tenant,
      Duration patience,
      Optional<Sabotage> sabotage,
      double ratePerSecond,
      int loadSeconds,
      long typedAt) {}

  /** Plays everything, or what a sabotage touches; what came of it is in the report. */
  public void run() throws IOException, SQLException, TokenStoreException {
    setTheScene();
    Books books = new Books(sandbox);
    if (settings.sabotage().equals(Optional.of(Sabotage.EFFECT))) {
      report.say("sabotage: the CRM refuses the first task");
      sandbox.fault(
          new Fault(
              account("shop"), "POST", ".*/tasks", 1, null, null, null, 400, null, null, null));
    }
    Story story = new Story(world, account("shop"), books, report, clock, settings);
    story.play();
    if (settings.sabotage().isEmpty()) {
      playOn(story, books);
    } else {
      // Where a sabotage shows; everything else goes as it does without.
      guards(story, books).effectsArePaused();
    }
    if (settings.sabotage().equals(Optional.of(Sabotage.DUPLICATE))) {
      repeatOneEffect(books);
    }
    compare(books);
  }

  /** The other chapters, in order. */
  private void playOn(Story story, Books books)
      throws IOException, SQLException, TokenStoreException {
    new RulesChapter(
            story,
            world,
            account("shop"),
            books,
            report,
            clock,
            settings,
            stack.addresses().kafka())
        .play();
    new RuleChangeChapter(world, stack.addresses().kafka(), account("probe"), report, clock).play();
    new OutwardChapter(
            world, stack.addresses(), account("shop"), books, report, clock, settings.patience())
        .play();
    guards(story, books).play();
    new ClientsChapter(
            world,
            stack.addresses().kafka(),
            account("care"),
            books,
            report,
            clock,
            settings.patience())
        .play();
    new SequenceChapter(
            world,
            stack.addresses().kafka(),
            account("shop"),
            books,
            report,
            clock,
            settings.patience())
        .play();
    if (settings.loadSeconds() > 0) {
      new LoadChapter(sandbox, books, report, clock).play(loadSpec());
    }
  }

  private GuardsChapter guards(Story story, Books books) {
    return new GuardsChapter(
        story,
        world,
        account("shop"),
        books,
        report,
        clock,
        settings.patience(),
        stack.addresses().kafka());
  }

  private void setTheScene() throws IOException, SQLException, TokenStoreException {
    world.open(account("shop"), ALL_HOOKS);
    world.open(account("probe"), List.of("update_lead"));
    int loadAccounts = settings.loadSeconds() > 0 ? LOAD_ACCOUNTS : 0;
    for (int i = 1; i <= loadAccounts; i++) {
      world.open(loadAccount(i), List.of("note_lead"));
    }
    String last = loadAccounts > 0 ? loadAccount(loadAccounts) : account("probe");
    // The first call has to refresh the token: OAuth is part of the way.
    world.register(List.of(account("shop")));
    try (RuleChangeProbe probe =
        new RuleChangeProbe(stack.addresses().kafka(), settings.tenant(), clock)) {
      long started = clock.millis();
      world.apply("rules.yaml", rules());
      boolean inForce = probe.awaitInForce(1);
      report.step(
          "tenant, " + (loadAccounts + 2) + " accounts and 7 rules applied, in force",
          inForce && gatewayKnows(last),
          clock.millis() - started,
          "rule set 1");
    }
  }

  private boolean gatewayKnows(String account) {
    return Polling.until(
        Duration.ofSeconds(20),
        Duration.ofMillis(50),
        () ->
            sandbox
                    .sendRaw(world.hookAddressOf(account), "account[subdomain]=" + account, "hello")
                    .answer()
                == 200);
  }

  private String rules() throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream("rules.yaml")) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("TENANT", settings.tenant());
      if (settings.sabotage().equals(Optional.of(Sabotage.RULE))) {
        report.say("sabotage: the first rule waits for a stage that no lead enters");
        return text.replace("stage_changed: {to: " + Story.DISCUSSION, "stage_changed: {to: 1");
      }
      return text;
    }
  }

  /** The same task once more, straight to the CRM, as a careless executor would make it. */
  private void repeatOneEffect(Books books) {
    LedgerEntry task =
        books.effects().stream()
            .filter(entry -> entry.kind().equals("create_task"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no task to repeat"));
    report.say("sabotage: one task is made once more");
    String token = sandbox.kommo(task.account()).issueTokens().accessToken();
    DirectCall.post(sandbox.kommo(task.account()).apiBase() + task.path(), token, task.body());
  }

  private void compare(Books books) {
    Books.Difference difference = books.compare();
    report.books(difference.missing().size(), difference.unexpected().size());
    difference.missing().stream().limit(5).forEach(effect -> report.say("missing: " + effect));
    difference.unexpected().stream()
        .limit(5)
        .forEach(entry -> report.say("unexpected: " + Json.tree(entry)));
    report.step(
        "the CRM's ledger holds every expected effect and no other",
        difference.none(),
        0,
        books.count() + " effects");
  }

  private LoadSpec loadSpec() {
    List<String> accounts =
        IntStream.rangeClosed(1, LOAD_ACCOUNTS).mapToObj(this::loadAccount).toList();
    return new LoadSpec(
        settings.tenant() + "-load",
        accounts,
        settings.ratePerSecond(),
        Math.round(
            settings.ratePerSecond() * (LoadChapter.WARM_UP.toSeconds() + settings.loadSeconds())),
        LoadSpec.Kind.NOTE_ADDED,
        null,
        null,
        null,
        null,
        10,
        null);
  }

  private String loadAccount(int number) {
    return account(String.format(Locale.ROOT, "load-%02d", number));
  }

  private String account(String name) {
    return settings.tenant() + "-" + name;
  }
}
