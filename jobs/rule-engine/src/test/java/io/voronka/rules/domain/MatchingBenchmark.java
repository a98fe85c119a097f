package io.voronka.rules.domain;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Events a second of one thread's CPU time through {@link RuleSet#decide}, by the number of rules:
 * 25-field leads, about five rules evaluated per event, one event in ten fires one. Run it from the
 * test class path.
 */
public final class MatchingBenchmark {
  private static final int EVENTS = 4_000;
  private static final int EVALUATED = 5;

  private MatchingBenchmark() {}

  public static void main(String[] args) {
    for (int round = 0; round < 3; round++) {
      for (int rules : new int[] {10, 100, 1_000, 10_000}) {
        measure(rules);
      }
    }
  }

  private static void measure(int size) {
    RandomGenerator random = new SplittableRandom(size);
    int owners = Math.max(1, size / EVALUATED);
    RuleSet rules = rules(size, owners);
    List<CrmEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(event(i, random.nextInt(owners), random));
    }
    long verdicts = 0;
    long actions = 0;
    for (int warm = 0; warm < 5; warm++) {
      run(rules, events);
    }
    long repeats = 10;
    long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int repeat = 0; repeat < repeats; repeat++) {
      long[] counts = run(rules, events);
      verdicts += counts[0];
      actions += counts[1];
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started;
    double all = (double) repeats * EVENTS;
    System.out.printf(
        "%6d rules: %8.0f events/s, %.2f us each, %.2f verdicts and %.2f actions per event%n",
        size, all * 1e9 / nanos, nanos / 1e3 / all, verdicts / all, actions / all);
  }

  private static long[] run(RuleSet rules, List<CrmEvent> events) {
    long[] counts = new long[2];
    SubjectState state = SubjectState.EMPTY;
    for (CrmEvent event : events) {
      Decision decision =
          rules.decide(state, event, Clocks.at(event.getReceivedAt()), AccountSetting.UNKNOWN);
      state = decision.state();
      counts[0] += decision.decided().map(d -> d.getVerdicts().size()).orElse(0);
      counts[1] += decision.actions().size();
    }
    return counts;
  }

  private static RuleSet rules(int size, int owners) {
    List<RuleVersion> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      // Of the five rules of one owner, one fires for one event in ten.
      String definition =
          """
          {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
           'when': {'all': [
             {'field_value': {'field': 'price', 'operator': 'greater_or_equal', 'value': %d}},
             {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': 'u%d'}},
             {'field_value': {'field_id': 100, 'operator': 'not_equals', 'value': 'none'}}]},
           'actions': [{'key': 'a', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
          """
              .formatted(i, i / owners == 0 ? 900 : 5_000, i % owners);
      members.add(new RuleVersion(Deciding.rule(definition), 1));
    }
    return RuleSet.compile(1, members);
  }

  private static CrmEvent event(int number, int owner, RandomGenerator random) {
    LeadEvents event =
        LeadEvents.event(EventKind.LEAD_UPDATED, "e" + number)
            .at(number)
            .stage("7300100", "" + (64100200 + random.nextInt(10)))
            .field("name", "Lead " + number)
            .field("price", "" + random.nextInt(1000))
            .field("responsible_user_id", "u" + owner);
    for (int i = 0; i < 10; i++) {
      event.field("standard_" + i, "value " + random.nextInt(100));
      event.texts("" + (100 + i), "text " + random.nextInt(100));
    }
    return event.build();
  }
}
