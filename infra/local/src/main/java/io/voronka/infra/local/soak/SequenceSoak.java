package io.voronka.infra.local.soak;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.demo.World;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Leads go through a sequence whose days are seconds, and the task manager, with all jobs in it, is
 * killed again and again while they do. Then what was told of them, what was asked for and what the
 * outside world had done to it are laid beside each other.
 */
public final class SequenceSoak {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofMinutes(6);

  /** Whoever shares a client's machine does not hold to the vendor's seven. */
  private static final Limits FAST = new Limits(500, 1, 1000, 60, 1);

  private final LocalStack stack;
  private final SequenceSoakSettings settings;
  private final Clock clock;
  private final PrintStream out;
  private final World world;
  private final SandboxClient sandbox;

  /**
   * @param folder for documents and secret files
   */
  public SequenceSoak(
      LocalStack stack, Path folder, SequenceSoakSettings settings, Clock clock, PrintStream out)
      throws IOException {
    this.stack = stack;
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.world = new World(stack, folder, settings.tenant());
    this.sandbox = world.sandbox();
  }

  /** Blocks until the last lead has left, and some minutes at most after the last kill. */
  public SoakReport run() throws IOException, SQLException, TokenStoreException {
    LoadSpec load = load(setTheScene());
    sandbox.startLoad(load);
    Scythe scythe =
        new Scythe(
            stack,
            List.of(JobCatalog.DRIVE_SEQUENCES, JobCatalog.EXECUTE_ACTIONS),
            clock,
            new Random(settings.seed()),
            out);
    for (int kill = 0; kill < settings.kills(); kill++) {
      scythe.kill(LocalStack.taskManager(1));
    }
    new RetryLadder(sandbox).runToItsEnd(load.id(), settings.leads(), REST);
    return new StepKeeper(stack.addresses().kafka(), sandbox, settings.tenant(), settings.leads())
        .compare(scythe.kills(), REST);
  }

  private List<String> setTheScene() throws IOException, SQLException, TokenStoreException {
    List<String> accounts = new ArrayList<>();
    for (int i = 1; i <= settings.accounts(); i++) {
      String account = String.format(Locale.ROOT, "%s-%02d", settings.tenant(), i);
      world.open(account, List.of("add_lead"), FAST);
      accounts.add(account);
    }
    world.register(List.of());
    world.apply("sequence.yaml", documents());
    if (!Polling.until(PATIENCE, Duration.ofMillis(50), this::inForce)) {
      throw new IllegalStateException("the sequence is not in force after " + PATIENCE);
    }
    for (String account : accounts) {
      if (!world.awaitKnown(account)) {
        throw new IllegalStateException("the gateway does not know " + account);
      }
    }
    return accounts;
  }

  private LoadSpec load(List<String> accounts) {
    return new LoadSpec(
        settings.tenant() + "-leads",
        accounts,
        settings.leadsPerSecond(),
        settings.leads(),
        LoadSpec.Kind.LEAD_ADDED,
        null,
        null,
        null,
        null,
        0,
        null);
  }

  private String documents() throws IOException {
    try (InputStream in = SequenceSoak.class.getResourceAsStream("sequence.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("TENANT", settings.tenant())
          .replace("SANDBOX", stack.addresses().sandbox());
    }
  }

  private boolean inForce() {
    boolean[] found = new boolean[1];
    try (TopicReader<ControlChange> rows =
        TopicReader.fromStart(
            stack.addresses().kafka(), Topics.CONTROL_SEQUENCES, ControlChange.class)) {
      rows.readToEnd(
          entry -> {
            ControlChange change = entry.value();
            found[0] |=
                change != null
                    && change.getOp() == ControlOp.UPSERT
                    && change.getSequence().getTenantId().equals(settings.tenant())
                    && change.getSequence().getEffectiveAt() < clock.millis();
          });
    }
    return found[0];
  }
}
