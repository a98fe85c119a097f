package io.voronka.infra.local.soak;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Topics;
import io.voronka.schemas.VerdictOutcome;
import io.voronka.schemas.WebhookReceived;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads senders, topics and ledger, and says where they contradict each other or a promise. */
final class BookKeeper {
  private final String bootstrapServers;
  private final SandboxClient sandbox;
  private final String tenant;
  private final List<Flow> flows;
  private final Set<String> spokenFor;
  private final Findings findings = new Findings();

  /**
   * @param spokenFor accounts whose messages a salesbot says
   */
  BookKeeper(
      String bootstrapServers,
      SandboxClient sandbox,
      String tenant,
      List<Flow> flows,
      Set<String> spokenFor) {
    this.bootstrapServers = bootstrapServers;
    this.sandbox = sandbox;
    this.tenant = tenant;
    this.flows = flows;
    this.spokenFor = spokenFor;
  }

  /**
   * @param ahead of the kills' clock is the sandbox's, by which it was sent and took effect
   */
  SoakReport compare(List<Kill> kills, Duration ahead, Duration patience) {
    Senders senders = senders();
    ActionBook actions = new ActionBook(bootstrapServers, sandbox, tenant, spokenFor);
    Map<String, String> marks = events(senders);
    actions.readOf(marks.keySet(), expected(marks), patience);
    archive();
    decisions(marks);
    actions.compare(kills, findings);
    findings.check(
        findings.figure("requests that changed several leads") > 0,
        "no request was shared: the run proves nothing about that");
    long dropped = actions.furtherCopies() + findings.figure("further copies of events");
    findings.figure("duplicates dropped on the way", dropped);
    findings.check(
        kills.isEmpty() || dropped > 0, "no duplicate had to be dropped: the run proves nothing");
    List<Long> killedAt = kills.stream().map(kill -> kill.at() + ahead.toMillis()).toList();
    inFlight(killedAt, senders, marks, actions.effectsByEvent());
    return new SoakReport(kills, findings.figures(), actions.unknowns(), findings.problems());
  }

  /**
   * @param firstSent mark to the time its webhook was first sent
   * @param acknowledged marks of those answered 200
   */
  private record Senders(Map<String, Long> firstSent, Set<String> acknowledged) {}

  private Senders senders() {
    Map<String, Long> firstSent = new HashMap<>();
    Set<String> acknowledged = new HashSet<>();
    Set<String> abandoned = new HashSet<>();
    long attempts = 0;
    for (Flow flow : flows) {
      for (Attempt attempt : sandbox.allDeliveries(0, flow.filter())) {
        attempts++;
        firstSent.merge(attempt.mark(), attempt.at(), Math::min);
        if (attempt.answer() == 200) {
          acknowledged.add(attempt.mark());
        } else if (attempt.state() != Attempt.State.RETRYING) {
          abandoned.add(attempt.mark());
        }
      }
    }
    abandoned.removeAll(acknowledged);
    findings.figure("webhooks sent", firstSent.size());
    findings.figure("attempts, with the vendor's retries", attempts);
    findings.figure("webhooks answered 200", acknowledged.size());
    // Three attempts that each meet a kill, or a webhook that was switched off for a hundred.
    findings.figure("webhooks that the vendor gave up", abandoned.size());
    findings.check(
        acknowledged.size() + abandoned.size() == firstSent.size(),
        "some webhooks were never answered 200, nor given up by the vendor");
    return new Senders(firstSent, acknowledged);
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
    findings.figure("webhooks archived", received[0]);
    findings.check(
        received[0] >= findings.figure("webhooks answered 200"),
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
          if (!event.getTenantId().equals(tenant)) {
            return;
          }
          for (Flow flow : flows) {
            String mark = flow.markIn(event);
            if (mark != null) {
              copies[0]++;
              marks.put(event.getId(), mark);
            }
          }
        });
    findings.figure("events", marks.size());
    findings.figure("further copies of events", copies[0] - marks.size());
    Set<String> lost = new TreeSet<>(senders.acknowledged());
    lost.removeAll(new HashSet<>(marks.values()));
    findings.check(
        lost.isEmpty(), lost.size() + " acknowledged webhooks left no event: " + first(lost));
    findings.check(
        new HashSet<>(marks.values()).size() == marks.size(),
        "one happening has several event ids");
    return marks;
  }

  /** Rules that fire for these events, and so their actions. */
  private long expected(Map<String, String> marks) {
    return marks.values().stream()
        .mapToLong(
            mark ->
                flows.stream()
                    .filter(flow -> mark.startsWith(flow.load().id() + "-"))
                    .mapToLong(Flow::rules)
                    .sum())
        .sum();
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
    findings.figure("decisions that fired", idsByEventAndRule.size());
    findings.copies("decision records", copies);
    findings.check(
        idsByEventAndRule.size() == expected(marks),
        "decisions: %d fired for %d events, and %d should have"
            .formatted(idsByEventAndRule.size(), marks.size(), expected(marks)));
    findings.check(
        idsByEventAndRule.values().stream().allMatch(ids -> ids.size() == 1),
        "an event and a rule have more than one decision id");
  }

  /** Actions whose webhook was sent before a kill and which took effect after it. */
  private void inFlight(
      List<Long> killedAt,
      Senders senders,
      Map<String, String> marks,
      Map<String, List<Long>> effects) {
    long inFlight = 0;
    for (long at : killedAt) {
      for (Map.Entry<String, List<Long>> effect : effects.entrySet()) {
        long sent = senders.firstSent().getOrDefault(marks.get(effect.getKey()), Long.MAX_VALUE);
        if (sent <= at) {
          inFlight += effect.getValue().stream().filter(time -> time > at).count();
        }
      }
    }
    findings.figure("in flight at a kill", inFlight);
    findings.check(
        killedAt.isEmpty() || inFlight > 0,
        "nothing was in flight at any kill: the run proves nothing");
  }

  private <T extends SpecificRecordBase> void read(
      String topic, Class<T> type, Consumer<TopicReader.Entry<T>> to) {
    try (TopicReader<T> reader = TopicReader.fromStart(bootstrapServers, topic, type)) {
      reader.readToEnd(to);
    }
  }

  private static List<String> first(Set<String> some) {
    return some.stream().limit(3).toList();
  }
}
