package io.voronka.infra.local.command;

import io.voronka.infra.local.sequences.Selection;
import io.voronka.infra.local.sequences.SequenceCommands;
import io.voronka.infra.local.sequences.SequenceCommands.Asked;
import io.voronka.infra.local.sequences.SequenceCommands.Order;
import io.voronka.infra.local.sequences.SequenceCommands.Target;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.domain.step.Step;
import io.voronka.sequences.history.Standing;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whom a command to a sequence is about, and how it is asked. */
final class SequenceOptions {
  private static final int LONGEST_KEY = 200;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--sequence", required = true, paramLabel = "ID")
  private String sequenceId;

  @Mixin private LeadOptions leads;

  @Option(
      names = "--all",
      description = "Everybody who is inside the sequence, in the account if one is given.")
  private boolean all;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Only the run of this key, where a lead can have several; of start, the run that begins,"
              + " beside those of other keys.")
  private String key;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "The one that has the sequence unless given.")
  private String tenant;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "CRM account; the tenant's only one unless given.")
  private String account;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who asks, for the history; who is logged in unless given.")
  private String actor = System.getProperty("user.name");

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long to wait for the job's answer; ${DEFAULT-VALUE} unless given.")
  private int patience;

  @Mixin private LanguageOption language;

  @Option(
      names = "--json",
      description = "The answers as data, with their texts in both languages.")
  private boolean json;

  @Mixin private CellOptions cell;

  /** Asks it of all who are meant, and prints what became of it. */
  int ask(CommandKind kind, String stepId, boolean shift)
      throws UnanswerableException, InterruptedException {
    Set<String> ids = leads.all();
    if (all == !ids.isEmpty()) {
      throw wrong("say whom: --lead, --leads or --all");
    }
    if (kind == CommandKind.START && all) {
      throw wrong("leads are started by --lead or --leads");
    }
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw wrong("--key: 1 to " + LONGEST_KEY + " characters are expected");
    }
    String bootstrapServers = cell.bootstrapServers();
    SequenceRecords records = SequenceRecords.open(bootstrapServers);
    String owner = records.tenant(tenant, sequenceId);
    String where = all ? account : records.account(owner, account, sequenceId);
    List<Target> targets =
        kind == CommandKind.START
            ? ids.stream().map(id -> new Target(lead(owner, where, id), null)).toList()
            : targets(records, owner, where, ids);
    check(records.versions(owner, sequenceId), targets, stepId);
    Order order = new Order(kind, sequenceId, key, stepId, shift, actor);
    List<Asked> asked =
        new SequenceCommands(bootstrapServers, Clock.systemUTC())
            .ask(targets, order, Duration.ofSeconds(patience));
    SequenceScreen screen = new SequenceScreen(records, owner, order, language.chosen());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(screen.json(asked).toPrettyString());
    } else {
      screen.lines(asked).forEach(out::println);
    }
    out.flush();
    return SequenceScreen.allDone(asked) ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /**
   * The runs that are on record; of a lead that has none, whatever the job knows of: records are
   * not kept for ever.
   */
  private List<Target> targets(
      SequenceRecords records, String owner, String where, Set<String> ids) {
    Selection selection = new Selection(owner, where, sequenceId, ids, key);
    List<Target> targets = new ArrayList<>();
    Set<String> without = new LinkedHashSet<>(ids);
    for (Standing run : records.find(selection).standings()) {
      if (run.inside()) {
        targets.add(new Target(run.subject(), run));
        without.remove(run.subject().id());
      }
    }
    if (key != null && targets.isEmpty()) {
      throw wrong("nobody who is meant has a run with the key " + key);
    }
    if (key == null) {
      without.forEach(id -> targets.add(new Target(lead(owner, where, id), null)));
    }
    return targets;
  }

  /** What no run could obey is not asked. */
  private void check(List<SequenceVersion> versions, List<Target> targets, String stepId) {
    if (stepId == null) {
      return;
    }
    Set<String> known = new LinkedHashSet<>();
    for (SequenceVersion version : versions) {
      Sequence sequence = version.sequence();
      boolean newest = version == versions.get(versions.size() - 1);
      boolean used =
          targets.stream()
              .anyMatch(
                  target ->
                      target.run() == null ? newest : target.run().version() == version.version());
      if (used) {
        known.addAll(sequence.steps().keySet());
      }
    }
    boolean toEnd = Step.END.equals(stepId);
    if (!targets.isEmpty() && !toEnd && !known.contains(stepId)) {
      throw wrong("--to: there is no step %s; known: %s".formatted(stepId, known));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static Subject lead(String tenant, String account, String id) {
    return new Subject(tenant, account, EntityType.LEAD, id);
  }
}
