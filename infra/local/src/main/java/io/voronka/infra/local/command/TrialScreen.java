package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.RuleBook;
import io.voronka.rules.trial.Played;
import io.voronka.rules.trial.RequestedAction;
import io.voronka.schemas.VerdictOutcome;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An example that was played, for a reader. */
final class TrialScreen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final RuleBook.Tried tried;
  private final ZoneId zone;

  TrialScreen(RuleBook.Tried tried) {
    this.tried = tried;
    this.zone = tried.played().example().setting().zone();
  }

  /**
   * One line if all was as expected; else the steps too, up to the last difference.
   *
   * @param everything the steps in any case, and every rule that was judged
   */
  List<String> lines(boolean everything) {
    Played played = tried.played();
    List<String> lines = new ArrayList<>();
    lines.add((played.asExpected() ? "ok    " : "FAIL  ") + played.example().name());
    if (everything || !played.asExpected()) {
      int last = everything ? played.steps().size() : lastDifference(played) + 1;
      played.steps().subList(0, last).forEach(step -> add(step, everything, lines));
    }
    return lines;
  }

  private static int lastDifference(Played played) {
    int last = 0;
    for (int i = 0; i < played.steps().size(); i++) {
      last = played.steps().get(i).differences().isEmpty() ? last : i;
    }
    return last;
  }

  private void add(Played.Step step, boolean everything, List<String> lines) {
    lines.add("  " + time(step.at()) + "  " + happening(step));
    for (Played.Judged judged : step.judged()) {
      if (everything || judged.outcome() != VerdictOutcome.NOT_MATCHED) {
        String when = judged.at() == step.at() ? "" : ", at " + time(judged.at());
        lines.add("      " + judged.ruleId() + " " + judged.told() + when);
        for (RequestedAction action : judged.actions()) {
          lines.add("        " + action);
        }
      }
    }
    step.differences()
        .forEach(
            difference ->
                lines.add(
                    "    ! " + tried.place().problem(difference.pointer(), difference.message())));
  }

  private static String happening(Played.Step step) {
    return step.event() == null
        ? "(only time passes)"
        : step.event().name().toLowerCase(Locale.ROOT);
  }

  private String time(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone).format(TIME);
  }
}
