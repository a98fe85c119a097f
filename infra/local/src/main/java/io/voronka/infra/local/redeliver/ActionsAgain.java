package io.voronka.infra.local.redeliver;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which actions go back. They keep their id; the number of the redelivery, one more than that of
 * their outcome, tells the executor that people want them tried again. Asked for twice, it is the
 * same number, so they are tried once.
 */
final class ActionsAgain {
  private static final String KIND = "action";
  private static final Set<ActionOutcome> NOT_DONE =
      Set.of(ActionOutcome.FAILED, ActionOutcome.EXPIRED, ActionOutcome.REFUSED);

  private final String bootstrapServers;
  private final Order order;
  private final long now;

  ActionsAgain(String bootstrapServers, Order order, long now) {
    this.bootstrapServers = bootstrapServers;
    this.order = order;
    this.now = now;
  }

  /**
   * A chosen action.
   *
   * @param key of its record, null when it is left alone
   */
  record Chosen(Item item, String key, ActionRequested request) {}

  /** A request as it lies on its topic. */
  private record Asked(String key, ActionRequested request) {}

  List<Chosen> choose() {
    Map<String, ActionCompleted> outcomes = outcomes();
    Set<String> ids = new LinkedHashSet<>(new TreeSet<>(order.actions()));
    if (order.since() != null) {
      outcomes.values().stream()
          .filter(one -> order.concerns(one.getTenantId()))
          .filter(one -> one.getCompletedAt() >= order.since())
          .filter(one -> NOT_DONE.contains(one.getOutcome()))
          .forEach(one -> ids.add(one.getActionId()));
    }
    Map<String, Asked> requests = requests(ids);
    List<Chosen> chosen = new ArrayList<>();
    ids.forEach(id -> chosen.add(judge(id, requests.get(id), outcomes.get(id))));
    return chosen;
  }

  /** The newest of each action. */
  private Map<String, ActionCompleted> outcomes() {
    Map<String, ActionCompleted> outcomes = new LinkedHashMap<>();
    try (TopicReader<ActionCompleted> reader =
        TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_COMPLETED, ActionCompleted.class)) {
      if (order.actions().isEmpty()) {
        reader.seek(order.since());
      }
      reader.readToEnd(
          entry ->
              outcomes.merge(
                  entry.value().getActionId(),
                  entry.value(),
                  (one, other) -> other.getRedelivery() >= one.getRedelivery() ? other : one));
    }
    return outcomes;
  }

  private Map<String, Asked> requests(Set<String> ids) {
    Map<String, Asked> requests = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return requests;
    }
    try (TopicReader<ActionRequested> reader =
        TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_REQUESTED, ActionRequested.class)) {
      reader.readToEnd(
          entry -> {
            if (ids.contains(entry.value().getId())) {
              requests.merge(
                  entry.value().getId(),
                  new Asked(entry.key(), entry.value()),
                  (one, other) ->
                      other.request().getRedelivery() > one.request().getRedelivery()
                          ? other
                          : one);
            }
          });
    }
    return requests;
  }

  private Chosen judge(String id, Asked asked, ActionCompleted outcome) {
    if (asked == null) {
      return left(id, outcome == null ? "there is no such action" : "its request is gone");
    }
    String what = describe(asked.request());
    if (outcome == null) {
      return new Chosen(
          Item.again(KIND, id, what + ": has no outcome; asked for as before"),
          asked.key(),
          asked.request());
    }
    if (asked.request().getRedelivery() > outcome.getRedelivery()) {
      return left(id, what + ": put back already, and has no outcome yet");
    }
    String became = became(outcome);
    return switch (outcome.getOutcome()) {
      case CONFIRMED -> left(id, what + ": it happened");
      case WITHDRAWN -> left(id, what + ": it was taken back");
      case UNKNOWN -> left(id, what + ": its outcome is of a newer version");
      case FAILED, EXPIRED, REFUSED ->
          "outcome-forgotten".equals(outcome.getReason())
              ? left(id, what + ": so long ago that nobody knows whether it happened")
              : again(id, what + ": " + became, asked, outcome);
      case MAYBE_SENT ->
          again(
              id,
              what + ": " + became + "; looked for where its kind can be read, else it stays so",
              asked,
              outcome);
    };
  }

  private Chosen again(String id, String why, Asked asked, ActionCompleted outcome) {
    ActionRequested request =
        ActionRequested.newBuilder(asked.request())
            .setRedelivery(outcome.getRedelivery() + 1)
            .setNotAfter(now + order.goodFor().toMillis())
            .build();
    return new Chosen(Item.again(KIND, id, why), asked.key(), request);
  }

  private static Chosen left(String id, String why) {
    return new Chosen(Item.left(KIND, id, why), null, null);
  }

  private static String became(ActionCompleted outcome) {
    String name = outcome.getOutcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return outcome.getReason() == null ? name : name + " (" + outcome.getReason() + ")";
  }

  private static String describe(ActionRequested request) {
    return "%s of %s|%s for %s %s"
        .formatted(
            request.getKind().name().toLowerCase(Locale.ROOT),
            request.getTenantId(),
            request.getAccountId(),
            request.getSubjectType().name().toLowerCase(Locale.ROOT),
            request.getSubjectId());
  }
}
