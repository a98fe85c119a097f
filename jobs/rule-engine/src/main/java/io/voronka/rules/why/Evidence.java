package io.voronka.rules.why;

import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleDecided;
import java.util.List;

/**
 * What the topics hold on one subject.
 *
 * @param events of the subject, in the order of the log; repeated ones may be among them
 * @param fromTheBeginning false when older events have been deleted, so that what they told is not
 *     known
 * @param decisions about the subject, in any order; repeated ones may be among them
 * @param completed outcomes of its actions, in any order
 * @param queued when those were told to leave that have to wait, in any order
 */
public record Evidence(
    List<Seen> events,
    boolean fromTheBeginning,
    List<RuleDecided> decisions,
    List<ActionCompleted> completed,
    List<ActionQueued> queued) {

  public Evidence {
    events = List.copyOf(events);
    decisions = List.copyOf(decisions);
    completed = List.copyOf(completed);
    queued = List.copyOf(queued);
  }

  /**
   * One event as it lies in the log.
   *
   * @param at the log's time, epoch milliseconds
   */
  public record Seen(CrmEvent event, long at) {}
}
