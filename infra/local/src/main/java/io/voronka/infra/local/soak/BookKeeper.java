package io.voronka.infra.local.soak;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Topics;
import io.voronka.schemas.VerdictOutcome;
import io.voronka.schemas.WebhookReceived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads senders, topics and ledger, and says where they contradict each other or a promise. */
final class BookKeeper {
  private static final int RULES = 2;

  private final String bootstrapServers;
  private final SandboxClient sandbox;
  private final String tenant;
  private final Map<String, Long> figures = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  BookKeeper(String bootstrapServers, SandboxClient sandbox, String tenant) {
    this.bootstrapServers = bootstrapServers;
    this.sandbox = sandbox;
    this.tenant = tenant;
  }

  SoakReport compare(LoadSpec load, List<Kill> kills, Duration patience) {
    Senders senders = senders(load);
    Effects effects = effects(load, senders, patience);
    archive();
    Map<String, String> marks = events(senders);
    decisions(marks);
    actions(marks);
    ledger(senders, effects);
    inFlight(kills, senders, effects);
    return new SoakReport(kills, figures, problems);
  }

  /**
   * @param acknowledged mark to the time its webhook was first sent, of those answered 200
   */
  private record Senders(Map<String, Long> firstSent, Set<String> acknowledged) {}

  private Senders senders(LoadSpec load) {
    Map<String, Long> firstSent = new HashMap<>();
    Set<String> acknowledged = new HashSet<>();
    long attempts = 0;
    for (Attempt attempt : sandbox.allDeliveries(0, Soak.of(load))) {
      attempts++;
      firstSent.merge(attempt.mark(), attempt.at(), Math::min);
      if (attempt.answer() == 200) {
        acknowledged.add(attempt.mark());
      }
    }
    figure("webhooks sent", firstSent.size());
    figure("attempts, with the vendor's retries", attempts);
    figure("webhooks answered 200", acknowledged.size());
    check(acknowledged.size() == firstSent.size(), "some webhooks were never answered 200");
    return new Senders(firstSent, acknowledged);
  }

  /**
   * @param tasks mark to the times of the effects
   */
  private record Effects(Map<String, List<Long>> tasks, Map<String, List<Long>> fields) {}

  /** Waits until every acknowledged webhook has both effects, or the patience is at its end. */
  private Effects effects(LoadSpec load, Senders senders, Duration patience) {
    Map<String, List<Long>> tasks = new HashMap<>();
    Map<String, List<Long>> fields = new HashMap<>();
    long[] read = {0};
    Polling.until(
        patience,
        Duration.ofMillis(250),
        () -> {
          for (LedgerEntry entry : sandbox.allLedger(read[0], Map.of("applied", "true"))) {
            read[0] = entry.seq();
            note(entry, "create_task", load, tasks);
            note(entry, "update_field", load, fields);
          }
          return tasks.keySet().containsAll(senders.acknowledged())
              && fields.keySet().containsAll(senders.acknowledged());
        });
    return new Effects(tasks, fields);
  }

  private static void note(
      LedgerEntry entry, String kind, LoadSpec load, Map<String, List<Long>> into) {
    if (!kind.equals(entry.kind()) || entry.body() == null) {
      return;
    }
    String body = entry.body().toString();
    String prefix = load.id() + "-";
    int at = body.indexOf(prefix);
    int length = load.mark(0).length();
    if (at >= 0 && at + length <= body.length()) {
      into.computeIfAbsent(body.substring(at, at + length), mark -> new ArrayList<>())
          .add(entry.at());
    }
  }

  private void archive() {
    long[] received = {0};
    read(
        Topics.WEBHOOKS_RECEIVED,
        WebhookReceived.class,
        entry -> {
          if (entry.value().getTenantId().equals(tenant)) {
            received[0]++;
          }
        });
    figure("webhooks archived", received[0]);
    check(
        received[0] >= figures.get("webhooks answered 200"),
        "fewer webhooks are archived than were answered 200");
  }

  /** Distinct event id to mark. */
  private Map<String, String> events(Senders senders) {
    Map<String, String> marks = new HashMap<>();
    long[] copies = {0};
    read(
        Topics.CRM_EVENTS,
        CrmEvent.class,
        entry -> {
          CrmEvent event = entry.value();
          String mark = event.getFields().get("name");
          if (event.getTenantId().equals(tenant) && mark != null) {
            copies[0]++;
            marks.put(event.getId(), mark);
          }
        });
    figure("events", marks.size());
    figure("further copies of events", copies[0] - marks.size());
    Set<String> lost = new TreeSet<>(senders.acknowledged());
    lost.removeAll(new HashSet<>(marks.values()));
    check(lost.isEmpty(), lost.size() + " acknowledged webhooks left no event: " + first(lost));
    check(
        new HashSet<>(marks.values()).size() == marks.size(),
        "one happening has several event ids");
    return marks;
  }

  private void decisions(Map<String, String> marks) {
    Map<String, Set<String>> idsByEventAndRule = new HashMap<>();
    Copies copies = new Copies();
    read(
        Topics.RULES_DECIDED,
        RuleDecided.class,
        entry -> {
          RuleDecided decided = entry.value();
          if (!marks.containsKey(decided.getEventId())) {
            return;
          }
          copies.add(decided.getId(), entry.bytes());
          for (RuleVerdict verdict : decided.getVerdicts()) {
            if (verdict.getOutcome() == VerdictOutcome.FIRED) {
              idsByEventAndRule
                  .computeIfAbsent(
                      decided.getEventId() + "|" + verdict.getRuleId(), pair -> new HashSet<>())
                  .add(verdict.getDecisionId());
            }
          }
        });
    figure("decisions that fired", idsByEventAndRule.size());
    report("decision records", copies);
    check(
        idsByEventAndRule.size() == (long) marks.size() * RULES,
        "decisions: " + idsByEventAndRule.size() + " for " + marks.size() + " events and 2 rules");
    check(
        idsByEventAndRule.values().stream().allMatch(ids -> ids.size() == 1),
        "an event and a rule have more than one decision id");
  }

  private void actions(Map<String, String> marks) {
    Copies requests = new Copies();
    read(
        Topics.ACTIONS_REQUESTED,
        ActionRequested.class,
        entry -> {
          if (marks.containsKey(entry.value().getEventId())) {
            requests.add(entry.value().getId(), entry.bytes());
          }
        });
    report("action requests", requests);
    Map<String, ActionOutcome> outcomes = new HashMap<>();
    read(
        Topics.ACTIONS_COMPLETED,
        ActionCompleted.class,
        entry -> {
          if (requests.has(entry.value().getActionId())) {
            outcomes.put(entry.value().getActionId(), entry.value().getOutcome());
          }
        });
    figure("actions with an outcome", outcomes.size());
    long confirmed =
        outcomes.values().stream().filter(outcome -> outcome == ActionOutcome.CONFIRMED).count();
    figure("actions confirmed", confirmed);
    check(outcomes.size() == requests.distinct(), "some actions have no outcome");
    check(confirmed == outcomes.size(), "some actions were not confirmed");
    figure(
        "duplicates dropped on the way",
        requests.further() + figures.get("further copies of events"));
    check(
        figures.get("duplicates dropped on the way") > 0,
        "no duplicate had to be dropped: the run proves nothing");
  }

  private void ledger(Senders senders, Effects effects) {
    count("tasks", senders, effects.tasks());
    count("field updates", senders, effects.fields());
  }

  private void count(String name, Senders senders, Map<String, List<Long>> effects) {
    Set<String> missing = new TreeSet<>(senders.acknowledged());
    missing.removeAll(effects.keySet());
    long again = effects.values().stream().mapToLong(times -> times.size() - 1L).sum();
    figure("leads with their " + name, effects.size());
    figure(name + " made more than once", again);
    check(
        missing.isEmpty(),
        missing.size() + " leads are without their " + name + ": " + first(missing));
  }

  /** Webhooks that were sent before a kill and took effect after it. */
  private void inFlight(List<Kill> kills, Senders senders, Effects effects) {
    long inFlight = 0;
    for (Kill kill : kills) {
      inFlight +=
          effects.tasks().entrySet().stream()
              .filter(
                  effect ->
                      senders.firstSent().getOrDefault(effect.getKey(), Long.MAX_VALUE)
                          <= kill.at())
              .filter(effect -> effect.getValue().get(0) > kill.at())
              .count();
    }
    figure("in flight at a kill", inFlight);
    check(
        kills.isEmpty() || inFlight > 0,
        "nothing was in flight at any kill: the run proves nothing");
  }

  private <T extends SpecificRecordBase> void read(
      String topic, Class<T> type, Consumer<TopicReader.Entry<T>> to) {
    try (TopicReader<T> reader = TopicReader.fromStart(bootstrapServers, topic, type)) {
      reader.readToEnd(to);
    }
  }

  private void report(String name, Copies copies) {
    figure(name, copies.distinct());
    figure("further copies of " + name, copies.further());
    check(
        copies.different() == 0,
        copies.different() + " copies of " + name + " differ from the first");
  }

  private void figure(String name, long value) {
    figures.put(name, value);
  }

  private void check(boolean kept, String problem) {
    if (!kept) {
      problems.add(problem);
    }
  }

  private static List<String> first(Set<String> some) {
    return some.stream().limit(3).toList();
  }
}
