package io.voronka.rules.trial;

import io.voronka.rules.trial.Played.Difference;
import io.voronka.rules.trial.Played.Judged;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was expected of a step beside what came of it. */
final class Comparison {
  private final String step;
  private final List<Judged> judged;
  private final Function<String, Optional<Judged>> unjudged;
  private final List<Difference> differences = new ArrayList<>();

  /**
   * @param step JSON pointer in the example
   * @param unjudged why a rule does not match that there is no verdict on; empty where nothing in
   *     the step could set it off
   */
  Comparison(String step, List<Judged> judged, Function<String, Optional<Judged>> unjudged) {
    this.step = step;
    this.judged = judged;
    this.unjudged = unjudged;
  }

  List<Difference> with(List<Example.Expected> expected) {
    expected.forEach(this::compare);
    Set<String> named =
        expected.stream().map(Example.Expected::ruleId).collect(Collectors.toUnmodifiableSet());
    judged.stream()
        .filter(one -> one.outcome() == VerdictOutcome.FIRED && !named.contains(one.ruleId()))
        .map(Judged::ruleId)
        .distinct()
        .forEach(id -> differ(step + "/expect", id + " is not expected to fire, and did"));
    return differences;
  }

  private void compare(Example.Expected expected) {
    boolean untempted = expected.outcome() == VerdictOutcome.NOT_MATCHED;
    List<Judged> ofRule =
        judged.stream().filter(one -> one.ruleId().equals(expected.ruleId())).toList();
    if (ofRule.isEmpty()) {
      ofRule = unjudged.apply(expected.ruleId()).stream().toList();
      if (ofRule.isEmpty() && untempted && elsewhere(expected.clause())) {
        notBecause(expected, ofRule);
        return;
      }
    }
    List<Judged> alike =
        ofRule.stream().filter(one -> one.outcome() == expected.outcome()).toList();
    boolean otherwise =
        ofRule.stream().anyMatch(one -> one.outcome() != VerdictOutcome.NOT_MATCHED);
    if (untempted ? otherwise : alike.isEmpty()) {
      differ(
          expected.pointer(),
          "%s is expected to be %s, and %s"
              .formatted(expected.ruleId(), Judged.word(expected.outcome()), told(ofRule)));
      return;
    }
    int times = expected.times().orElse(alike.size());
    if (alike.size() != times) {
      differ(
          expected.pointer() + "/times",
          "%s is expected to be %s %d times, and was %d times"
              .formatted(expected.ruleId(), Judged.word(expected.outcome()), times, alike.size()));
    }
    for (Judged one : alike) {
      if (expected.clause() != null && !within(one.clause(), expected.clause())) {
        notBecause(expected, List.of(one));
      }
      expected.actions().forEach(action -> compare(action, one));
    }
  }

  private static boolean elsewhere(String clause) {
    return clause != null && !clause.equals("/trigger");
  }

  private void notBecause(Example.Expected expected, List<Judged> one) {
    differ(
        expected.pointer() + "/because",
        "%s is expected to be held back by %s, and %s"
            .formatted(expected.ruleId(), expected.clause(), told(one)));
  }

  private void compare(Example.ExpectedAction expected, Judged judged) {
    Optional<RequestedAction> found =
        judged.actions().stream().filter(action -> action.key().equals(expected.key())).findAny();
    if (found.isEmpty()) {
      differ(
          expected.pointer(),
          "%s is expected to ask for the action %s, and asked for %s"
              .formatted(
                  judged.ruleId(),
                  expected.key(),
                  judged.actions().isEmpty()
                      ? "none"
                      : judged.actions().stream()
                          .map(RequestedAction::key)
                          .collect(Collectors.joining(", "))));
      return;
    }
    RequestedAction action = found.get();
    if (expected.kind() != null && !expected.kind().equals(action.kind())) {
      differ(
          expected.pointer(),
          "%s is expected to be a %s, and is %s"
              .formatted(expected.key(), expected.kind(), action));
      return;
    }
    expected.fields().entrySet().stream()
        .filter(field -> !field.getValue().equals(action.fields().get(field.getKey())))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            field ->
                differ(
                    expected.pointer() + '/' + expected.kind() + '/' + field.getKey(),
                    "%s of %s is expected to be %s, and is %s"
                        .formatted(
                            field.getKey(),
                            expected.key(),
                            RequestedAction.quoted(field.getValue()),
                            action.fields().containsKey(field.getKey())
                                ? RequestedAction.quoted(action.fields().get(field.getKey()))
                                : "not there")));
  }

  private static boolean within(String clause, String group) {
    return clause != null && (clause.equals(group) || clause.startsWith(group + '/'));
  }

  private static String told(List<Judged> judged) {
    return judged.isEmpty()
        ? "was not judged: nothing in this step could set it off"
        : judged.stream()
            .map(one -> "was " + one.told())
            .distinct()
            .collect(Collectors.joining("; "));
  }

  private void differ(String pointer, String message) {
    differences.add(new Difference(pointer, message));
  }
}
