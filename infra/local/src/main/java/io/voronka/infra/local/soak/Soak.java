package io.voronka.infra.local.soak;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.demo.World;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs load and kills on a stack that is up, waits until everything has come to rest, compares. */
public final class Soak {
  private static final Duration REST = Duration.ofMinutes(5);

  /**
   * Leads a second of an account that may take one request. Not more: the vendor switches a hook
   * off that has had a hundred bad answers, and the gateway is away for half a minute.
   */
  private static final double HERD_PER_SECOND = 1.5;

  private static final String HERD = "-herd";
  private static final String CHAT_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  private final LocalStack stack;
  private final SoakSettings settings;
  private final Clock clock;
  private final PrintStream out;
  private final World world;
  private final SandboxClient sandbox;
  private final Random random;

  /**
   * @param folder for documents and secret files
   */
  public Soak(LocalStack stack, Path folder, SoakSettings settings, Clock clock, PrintStream out)
      throws IOException {
    this.stack = stack;
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.world = new World(stack, folder, settings.tenant());
    this.sandbox = world.sandbox();
    this.random = new Random(settings.seed());
  }

  /** Blocks for as long as the kills take, and some minutes at most after. */
  public SoakReport run() throws IOException, SQLException, TokenStoreException {
    List<String> accounts = setTheScene();
    String herd = settings.tenant() + HERD;
    List<Flow> flows =
        List.of(
            new Flow(
                load("moves", accounts, settings.ratePerSecond(), LoadSpec.Kind.LEAD_MOVED),
                MixedRules.FOR_A_MOVE),
            new Flow(
                load(
                    "words",
                    accounts,
                    settings.ratePerSecond() / 8,
                    LoadSpec.Kind.MESSAGE_RECEIVED),
                1),
            // More than leave one by one: they share requests.
            new Flow(load("herds", List.of(herd), HERD_PER_SECOND, LoadSpec.Kind.LEAD_MOVED), 1));
    // What ran on this stack before may have moved the sandbox's clock.
    Duration ahead = Duration.ofMillis(sandbox.now() - clock.millis());
    flows.forEach(flow -> sandbox.startLoad(flow.load()));
    Scythe scythe =
        new Scythe(
            stack,
            List.of(JobCatalog.EVALUATE_RULES, JobCatalog.EXECUTE_ACTIONS),
            clock,
            random,
            out);
    for (String victim : victims()) {
      scythe.kill(victim);
      int again = world.subscribeAgain();
      if (again > 0) {
        out.printf(Locale.ROOT, "%d webhooks had been switched off, and are on again%n", again);
      }
    }
    scythe.awaitCheckpoints();
    flows.forEach(flow -> sandbox.stopLoad(flow.load().id()));
    RetryLadder ladder = new RetryLadder(sandbox);
    flows.forEach(flow -> ladder.runToItsEnd(flow.load().id(), 0, REST));
    Set<String> spokenFor =
        IntStream.range(0, accounts.size())
            .filter(i -> Voice.of(i) == Voice.SALESBOT)
            .mapToObj(accounts::get)
            .collect(Collectors.toSet());
    return new BookKeeper(stack.addresses().kafka(), sandbox, settings.tenant(), flows, spokenFor)
        .compare(scythe.kills(), ahead, REST);
  }

  private LoadSpec load(String name, List<String> accounts, double rate, LoadSpec.Kind kind) {
    Long to = kind == LoadSpec.Kind.LEAD_MOVED ? MixedRules.DISCUSSION : null;
    return new LoadSpec(
        settings.tenant() + "-" + name,
        accounts,
        rate,
        Integer.MAX_VALUE,
        kind,
        null,
        null,
        to,
        null,
        0,
        null);
  }

  /** Each component once before one has its second turn, in an order that the seed gives. */
  private List<String> victims() {
    List<String> victims = new ArrayList<>();
    while (victims.size() < settings.kills()) {
      List<String> round = new ArrayList<>(settings.components());
      Collections.shuffle(round, random);
      victims.addAll(round);
    }
    return victims.subList(0, settings.kills());
  }

  private List<String> setTheScene() throws IOException, SQLException, TokenStoreException {
    List<String> accounts = new ArrayList<>();
    for (int i = 1; i <= settings.accounts(); i++) {
      String account = String.format(Locale.ROOT, "%s-%02d", settings.tenant(), i);
      open(account, Voice.of(i - 1));
      accounts.add(account);
    }
    String herd = settings.tenant() + HERD;
    world.open(herd, List.of("status_lead"), "requestsPerSecond: 1\n");
    world.register(List.of());
    world.apply(
        "rules.yaml",
        MixedRules.documents(
            settings.tenant(),
            accounts,
            herd,
            stack.addresses().sandbox(),
            stack.addresses().sandboxSmtpPort()));
    world.awaitInForce(1, herd, clock);
    return accounts;
  }

  private void open(String account, Voice voice) throws IOException {
    List<String> hooks = List.of("status_lead", "add_message");
    switch (voice) {
      case TALK -> world.open(account, hooks);
      case SALESBOT ->
          world.open(account, hooks, "messageBotId: 9001\nmessageBotFieldId: 600002\n");
      case CHANNEL -> {
        Path secret = world.secretFile(account + ".chat-secret", CHAT_SECRET);
        world.open(
            account,
            hooks,
            """
            chatScopeId: %s_channel
            chatSecret: file:%s
            chatSenderId: %s-bot
            chatBaseUrl: %s
            """
                .formatted(account, secret, account, stack.addresses().sandbox()));
        world.kommo(account).connectChannel(account + "_channel", CHAT_SECRET, account + "-bot");
      }
    }
  }
}
