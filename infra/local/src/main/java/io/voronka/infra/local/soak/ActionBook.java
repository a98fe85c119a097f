package io.voronka.infra.local.soak;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What we say of each action, line by line beside what the outside world says that was done to it:
 * a confirmed one was done once, an unknown one at most once, any other not at all; and nothing was
 * done that nobody asked for.
 */
final class ActionBook {
  /** Kinds whose effects leave nothing to read: only these may stay unknown. */
  private static final Set<ActionKind> TRACELESS =
      EnumSet.of(ActionKind.RUN_SALESBOT, ActionKind.SEND_EMAIL);

  /**
   * Between the moment when its attempt was begun and the kill that cut off its answer, at most: as
   * long as an answer is waited for, and some for a busy machine.
   */
  private static final long WINDOW_MILLIS = Duration.ofSeconds(15).toMillis();

  private final String bootstrapServers;
  private final OutsideLedger outside;
  private final String tenant;
  private final Copies requests = new Copies();
  private final Map<String, Asked> asked = new HashMap<>();
  private final Map<String, ActionCompleted> outcomes = new HashMap<>();
  private final Map<String, List<Long>> effects = new HashMap<>();
  private final List<String> unknowns = new ArrayList<>();

  /** A request and its Kafka timestamp. */
  private record Asked(ActionRequested request, long at) {}

  /**
   * @param spokenFor accounts whose messages a salesbot says
   */
  ActionBook(String bootstrapServers, SandboxClient sandbox, String tenant, Set<String> spokenFor) {
    this.bootstrapServers = bootstrapServers;
    this.outside = new OutsideLedger(sandbox, tenant, spokenFor);
    this.tenant = tenant;
  }

  /** Those that rules asked for because of these events. */
  void readOf(Set<String> events, long expected, Duration patience) {
    read(
        request -> events.contains(request.getEventId()),
        completed -> events.contains(completed.getEventId()),
        () -> expected,
        patience);
  }

  /**
   * Those that sequences asked for: when a step follows an outcome, and that is read a little later
   * by a job that was set back, it asks for the same at another time.
   */
  void readSteps(LongSupplier expected, Duration patience) {
    read(
        request -> request.getStep() != null && request.getTenantId().equals(tenant),
        completed -> completed.getStep() != null,
        expected,
        patience);
  }

  /** Waits until as many actions have their outcome, or the patience is at its end; then reads. */
  private void read(
      Predicate<ActionRequested> askedFor,
      Predicate<ActionCompleted> concerned,
      LongSupplier expected,
      Duration patience) {
    try (TopicReader<ActionCompleted> reader =
        TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_COMPLETED, ActionCompleted.class)) {
      Polling.until(
          patience,
          Duration.ofMillis(200),
          () -> {
            reader.readToEnd(entry -> note(entry.value(), concerned));
            return outcomes.size() >= expected.getAsLong();
          });
    }
    try (TopicReader<ActionRequested> reader =
        TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_REQUESTED, ActionRequested.class)) {
      reader.readToEnd(
          entry -> {
            ActionRequested request = entry.value();
            if (askedFor.test(request)) {
              requests.add(request.getId(), entry.bytes());
              asked.putIfAbsent(request.getId(), new Asked(request, entry.timestamp()));
            }
          });
    }
  }

  private void note(ActionCompleted completed, Predicate<ActionCompleted> concerned) {
    if (completed.getTenantId().equals(tenant) && concerned.test(completed)) {
      outcomes.put(completed.getActionId(), completed);
    }
  }

  /** Everything that contradicts the other side goes into the findings. */
  void compare(List<Kill> kills, Findings findings) {
    List<ActionRequested> all = asked.values().stream().map(Asked::request).toList();
    effects.putAll(outside.effectsOf(all, findings));
    if (asked.values().stream().anyMatch(one -> one.request().getStep() != null)) {
      findings.figure("action requests", requests.distinct());
      findings.figure("further copies of action requests", requests.further());
      findings.figure("of these asked for again at another time", requests.different());
    } else {
      findings.copies("action requests", requests);
    }
    Map<ActionKind, Integer> kinds = new TreeMap<>();
    Map<ActionOutcome, Integer> ends = new TreeMap<>();
    long repeatedWebhooks = 0;
    for (Asked one : asked.values()) {
      ActionRequested request = one.request();
      kinds.merge(request.getKind(), 1, Integer::sum);
      ActionCompleted completed = outcomes.get(request.getId());
      if (completed == null) {
        findings.problem(name(request) + " has no outcome");
        continue;
      }
      ends.merge(completed.getOutcome(), 1, Integer::sum);
      int done = effects.getOrDefault(request.getId(), List.of()).size();
      switch (completed.getOutcome()) {
        case CONFIRMED -> {
          if (request.getKind() == ActionKind.WEBHOOK && done > 1) {
            // Receivers drop them by their webhook-id.
            repeatedWebhooks += done - 1;
          } else {
            findings.check(done == 1, name(request) + " is confirmed and was done " + done + "x");
          }
        }
        case MAYBE_SENT -> unknown(one, completed, done, kills, findings);
        default ->
            findings.problem(
                "%s ended as %s (%s) and was done %d times"
                    .formatted(name(request), completed.getOutcome(), completed.getReason(), done));
      }
    }
    kinds.forEach((kind, count) -> findings.figure("asked for: " + word(kind), count));
    ends.forEach((end, count) -> findings.figure("actions " + word(end), count));
    findings.figure("webhooks that came again under their id", repeatedWebhooks);
  }

  /** Further copies of requests, which the executor had to drop. */
  long furtherCopies() {
    return requests.further();
  }

  /** Ids of all that was asked for. */
  Set<String> ids() {
    return asked.keySet();
  }

  List<String> unknowns() {
    return unknowns;
  }

  /** When the first effect of each action was had, with the event that caused it. */
  Map<String, List<Long>> effectsByEvent() {
    Map<String, List<Long>> byEvent = new HashMap<>();
    effects.forEach(
        (id, times) ->
            byEvent
                .computeIfAbsent(asked.get(id).request().getEventId(), event -> new ArrayList<>())
                .add(times.get(0)));
    return byEvent;
  }

  private void unknown(
      Asked one, ActionCompleted completed, int done, List<Kill> kills, Findings findings) {
    long at = completed.getSentAt() == null ? one.at() : completed.getSentAt();
    List<String> near =
        kills.stream()
            .filter(kill -> at >= kill.since() - WINDOW_MILLIS)
            .filter(kill -> at <= kill.at() + kill.recoveryMillis())
            .map(kill -> "%s %+d ms".formatted(kill.component(), at - kill.at()))
            .toList();
    unknowns.add(
        "%s: %s, done %d times; request at %s"
            .formatted(
                name(one.request()),
                completed.getReason(),
                done,
                near.isEmpty() ? "no kill" : String.join(", ", near)));
    findings.check(done <= 1, name(one.request()) + " is unknown and was done " + done + "x");
    findings.check(
        TRACELESS.contains(one.request().getKind()) || outside.isSpoken(one.request()),
        name(one.request()) + " is unknown although its kind can be read back");
    findings.check(!near.isEmpty(), name(one.request()) + " is unknown and no kill was near");
  }

  private static String name(ActionRequested request) {
    return "action %s (%s for lead %s of %s)"
        .formatted(
            request.getId(),
            word(request.getKind()),
            request.getSubjectId(),
            request.getAccountId());
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
