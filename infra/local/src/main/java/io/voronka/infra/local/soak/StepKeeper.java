package io.voronka.infra.local.soak;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what was told of runs beside requests, outcomes and the ledger. */
final class StepKeeper {
  private final String bootstrapServers;
  private final SandboxClient sandbox;
  private final String tenant;
  private final int leads;
  private final Findings findings = new Findings();
  private final Copies told = new Copies();
  private final Map<String, Run> runs = new HashMap<>();

  /** What was told of one run. */
  private static final class Run {
    final String lead;
    final Set<String> requested = new HashSet<>();
    final Map<String, String> exits = new HashMap<>();
    boolean entered;

    Run(String lead) {
      this.lead = lead;
    }
  }

  StepKeeper(String bootstrapServers, SandboxClient sandbox, String tenant, int leads) {
    this.bootstrapServers = bootstrapServers;
    this.sandbox = sandbox;
    this.tenant = tenant;
    this.leads = leads;
  }

  SoakReport compare(List<Kill> kills, Duration patience) {
    readUntilAllHaveLeft(patience);
    ActionBook actions = new ActionBook(bootstrapServers, sandbox, tenant, Set.of());
    actions.readSteps(this::steps, patience);
    runs();
    actions.compare(kills, findings);
    Set<String> requested = new HashSet<>();
    runs.values().forEach(run -> requested.addAll(run.requested));
    findings.check(requested.equals(actions.ids()), "told and requested actions differ");
    long copies = told.further() + actions.furtherCopies();
    findings.figure("told or asked for again after a kill", copies);
    findings.check(
        kills.isEmpty() || copies > 0, "nothing was done again after a kill: it proves nothing");
    return new SoakReport(kills, findings.figures(), actions.unknowns(), findings.problems());
  }

  private void readUntilAllHaveLeft(Duration patience) {
    try (TopicReader<SequenceProgressed> reader =
        TopicReader.fromStart(
            bootstrapServers, Topics.SEQUENCES_PROGRESSED, SequenceProgressed.class)) {
      Polling.until(
          patience,
          Duration.ofMillis(200),
          () -> {
            reader.readToEnd(this::note);
            return runs.values().stream().filter(run -> !run.exits.isEmpty()).count() >= leads;
          });
    }
  }

  private void note(TopicReader.Entry<SequenceProgressed> entry) {
    SequenceProgressed one = entry.value();
    if (!one.getTenantId().equals(tenant)) {
      return;
    }
    told.add(one.getId(), entry.bytes());
    Run run =
        runs.computeIfAbsent(
            one.getEnrolmentId(), id -> new Run(one.getAccountId() + '/' + one.getSubjectId()));
    run.entered |= one.getKind() == ProgressKind.ENTERED;
    if (one.getKind() == ProgressKind.REQUESTED) {
      run.requested.add(one.getActionId());
    } else if (one.getKind() == ProgressKind.EXITED) {
      run.exits.put(one.getId(), one.getReason());
    }
  }

  private long steps() {
    return runs.values().stream().mapToLong(run -> run.requested.size()).sum();
  }

  private void runs() {
    Set<String> entered = new HashSet<>();
    for (Run run : runs.values()) {
      findings.check(run.entered, "a run of lead " + run.lead + " began nowhere");
      findings.check(entered.add(run.lead), "lead " + run.lead + " entered twice");
      findings.check(
          List.copyOf(run.exits.values()).equals(List.of("completed")),
          "lead " + run.lead + " left as " + run.exits.values());
    }
    findings.figure("leads that entered", entered.size());
    findings.check(entered.size() == leads, "not as many leads entered as were made");
    findings.figure("records of their progress", told.distinct());
    findings.figure("of these told again with another time", told.different());
    findings.figure("steps asked for", steps());
  }
}
