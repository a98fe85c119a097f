package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.TopicBook;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;

/**
 * What the rules job really wrote: the baseline has to write as much.
 *
 * @param decidedBytes mean size of a RuleDecided
 * @param actionBytes mean size of an ActionRequested
 * @param firing how many of the decisions fired a rule
 */
record Written(long decided, int decidedBytes, long actions, int actionBytes, long firing) {

  /**
   * Reads all of both topics.
   *
   * @param evaluated verdicts that every decision must have
   * @param problems gets what is not as the workload says
   */
  static Written read(
      TopicBook book,
      String decidedTopic,
      String actionsTopic,
      int evaluated,
      List<String> problems) {
    RecordCodec<RuleDecided> decisions = RecordCodec.of(RuleDecided.class);
    RecordCodec<ActionRequested> requests = RecordCodec.of(ActionRequested.class);
    Sum decided = new Sum();
    Sum actions = new Sum();
    long[] firing = new long[1];
    long[] odd = new long[1];
    book.readAll(
        decidedTopic,
        value -> {
          decided.add(value.length);
          List<RuleVerdict> verdicts = decisions.decode(value).getVerdicts();
          long fired =
              verdicts.stream()
                  .filter(verdict -> verdict.getOutcome() == VerdictOutcome.FIRED)
                  .count();
          long silent =
              verdicts.stream()
                  .filter(verdict -> verdict.getOutcome() == VerdictOutcome.NOT_MATCHED)
                  .count();
          firing[0] += fired;
          if (fired > 1 || fired + silent != evaluated) {
            odd[0]++;
          }
        });
    book.readAll(
        actionsTopic,
        value -> {
          requests.decode(value);
          actions.add(value.length);
        });
    if (odd[0] > 0) {
      problems.add(odd[0] + " decisions do not hold the verdicts that the rules ask for");
    }
    return new Written(decided.count, decided.mean(), actions.count, actions.mean(), firing[0]);
  }

  private static final class Sum {
    private long count;
    private long bytes;

    void add(int size) {
      count++;
      bytes += size;
    }

    int mean() {
      return count == 0 ? 0 : Math.toIntExact(Math.round((double) bytes / count));
    }
  }
}
