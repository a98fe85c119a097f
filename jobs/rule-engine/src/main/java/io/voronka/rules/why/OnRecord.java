package io.voronka.rules.why;

import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The verdicts on one rule and one subject that were recorded up to a time. */
final class OnRecord {
  private final List<Judged> verdicts = new ArrayList<>();
  private final Set<String> events = new HashSet<>();

  OnRecord(Question question, Evidence evidence) {
    for (RuleDecided decided : evidence.decisions()) {
      for (RuleVerdict verdict : decided.getVerdicts()) {
        if (verdict.getRuleId().equals(question.ruleId())
            && decided.getFiredAt() <= question.at()) {
          verdicts.add(Judged.recorded(decided, verdict));
          events.add(decided.getEventId());
        }
      }
    }
  }

  /** The newest; one on a further hook only when there is no other. */
  Optional<Judged> last() {
    Judged newest = null;
    for (Judged judged : verdicts) {
      newest = newest == null || newer(judged, newest) ? judged : newest;
    }
    return Optional.ofNullable(newest);
  }

  /** True when a version of the rule was judged after a time. */
  boolean judgedAfter(long time, long version) {
    return verdicts.stream()
        .anyMatch(judged -> judged.at() > time && judged.verdict().getRuleVersion() == version);
  }

  /** True when a verdict on the event was recorded. */
  boolean has(String eventId) {
    return events.contains(eventId);
  }

  /**
   * When the rule had fired before a time, epoch milliseconds, oldest first.
   *
   * @param observed also when it would have
   */
  List<Long> firings(long before, boolean observed) {
    Map<String, Long> byDecision = new HashMap<>();
    for (Judged judged : verdicts) {
      boolean fired =
          judged.outcome() == VerdictOutcome.FIRED
              || (observed && judged.outcome() == VerdictOutcome.OBSERVED);
      if (fired && judged.at() < before) {
        byDecision.put(judged.verdict().getDecisionId(), judged.at());
      }
    }
    return byDecision.values().stream().sorted().toList();
  }

  OptionalLong lastFired(long before) {
    return firings(before, false).stream().mapToLong(Long::longValue).max();
  }

  private static boolean newer(Judged judged, Judged than) {
    return judged.furtherHook() == than.furtherHook()
        ? judged.at() > than.at()
        : than.furtherHook();
  }
}
