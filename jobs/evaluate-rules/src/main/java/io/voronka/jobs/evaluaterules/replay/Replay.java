package io.voronka.jobs.evaluaterules.replay;

import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.limit.Grants;
import io.voronka.rules.domain.limit.GrantsInMemory;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides the records of crm.events again, as the job does: moments come before later events of
 * their subject and otherwise when every partition is past them, rule sets change at their own
 * time, events that were seen before are left out. All in memory, in one thread.
 *
 * <p>Partitions may be fed in any interleaving: what is decided about a subject is the same. Only
 * limits over all subjects of a day depend on it, here as in the job; fed in the order of time they
 * are what a job gives that never fails and never lags.
 */
public final class Replay {
  private final RulesInForce rules;
  private final SubjectCourse course;
  private final Output output;
  private final long[] clocks;
  private final Map<String, Known> subjects = new HashMap<>();

  /** Subjects by their first moment. */
  private final TreeMap<Long, TreeSet<String>> waiting = new TreeMap<>();

  private final Map<String, GrantsInMemory> books = new HashMap<>();
  private long ruledAt = Long.MIN_VALUE;
  private long duplicates;
  private long moments;

  /**
   * @param rules with all that the control topics hold: sets of the past and of the future
   * @param partitions of crm.events; time passes when all of them go on
   */
  public Replay(RulesInForce rules, int partitions, Output output) {
    this.rules = rules;
    this.output = output;
    this.course = new SubjectCourse(rules, new Granted());
    this.clocks = new long[partitions];
    Arrays.fill(clocks, Long.MIN_VALUE);
  }

  /** Takes what is decided, in the order of deciding. */
  @FunctionalInterface
  public interface Output {
    void decided(RuleDecided decided, List<ActionRequested> actions);
  }

  /** What is known of a subject. */
  private static final class Known {
    Place place = new Place(SubjectState.EMPTY, Place.NEW);
    SeenEvents seen = SeenEvents.NONE;
    final Map<Long, Integer> older = new HashMap<>();
  }

  /**
   * Takes the next record of a partition, in the order of offsets; ticks too, they are the clock.
   *
   * @param timestamp Kafka's, epoch milliseconds
   * @param event null for a record that is no event: only its time counts
   */
  public void record(int partition, long timestamp, CrmEvent event) {
    long time = Math.max(clocks[partition], timestamp);
    boolean later = time > clocks[partition];
    clocks[partition] = time;
    if (later) {
      passUpTo(watermark());
    }
    if (event != null
        && event.getKind() != EventKind.TICK
        && event.getKind() != EventKind.UNKNOWN) {
      judge(event, time);
    }
  }

  /** The log's time: what all partitions are past, epoch milliseconds. */
  public long watermark() {
    long slowest = Arrays.stream(clocks).min().orElse(Long.MIN_VALUE);
    return slowest == Long.MIN_VALUE ? slowest : slowest - 1;
  }

  /** Subjects that events were about. */
  public int subjects() {
    return subjects.size();
  }

  /** Events that were left out since they had been seen. */
  public long duplicates() {
    return duplicates;
  }

  /** Moments that were judged. */
  public long moments() {
    return moments;
  }

  private void judge(CrmEvent event, long time) {
    Subject subject = Subject.of(event);
    Known known = subjects.computeIfAbsent(subject.key(), key -> new Known());
    long id = StableId.fingerprint(event.getId());
    Integer expiry = known.older.get(id);
    if (known.seen.contains(id, time) || (expiry != null && SeenEvents.alive(expiry, time))) {
      duplicates++;
      return;
    }
    move(subject.key(), known, course.event(known.place, event, time));
    int until = SeenEvents.expiry(time, event.getOccurredAt() != null);
    try {
      known.seen = known.seen.with(id, until, time, known.older::put);
    } catch (Exception e) {
      throw new IllegalStateException("a map cannot fail", e);
    }
  }

  /** Moments and changes of rules, over all subjects in the order of time. */
  private void passUpTo(long now) {
    while (true) {
      long due = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
      long change = nextChange();
      if (Math.min(due, change) > now) {
        return;
      }
      if (due <= change) {
        for (String key : List.copyOf(waiting.get(due))) {
          pass(key, due, now);
        }
      } else {
        for (String key : List.copyOf(subjects.keySet())) {
          pass(key, change, now);
        }
        ruledAt = change;
      }
    }
  }

  private long nextChange() {
    return rules.tenants().stream()
        .mapToLong(tenant -> rules.nextChange(tenant, ruledAt).orElse(Long.MAX_VALUE))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void pass(String key, long upTo, long now) {
    Known known = subjects.get(key);
    move(key, known, course.pass(known.place, Subject.parse(key), upTo, now));
  }

  private void move(String key, Known known, Place after) {
    long old = known.place.state().standing().nextDue();
    long next = after.state().standing().nextDue();
    known.place = after;
    if (old == next) {
      return;
    }
    if (old != Long.MAX_VALUE) {
      waiting.computeIfPresent(
          old, (due, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
    }
    if (next != Long.MAX_VALUE) {
      waiting.computeIfAbsent(next, due -> new TreeSet<>()).add(key);
    }
  }

  /** Decisions on their way out meet the limits over all subjects. */
  private final class Granted implements SubjectCourse.Listener {
    @Override
    public void atEvent(Decision decision, AccountSetting setting) {
      decided(decision, setting);
    }

    @Override
    public void atMoment(Decision decision, AccountSetting setting) {
      moments++;
      decided(decision, setting);
    }

    private void decided(Decision decision, AccountSetting setting) {
      if (decision.decided().isEmpty()) {
        return;
      }
      RuleDecided decided = decision.decided().get();
      if (decision.capped().isEmpty()) {
        output.decided(decided, decision.actions());
        return;
      }
      GrantsInMemory book =
          books.computeIfAbsent(decided.getTenantId(), id -> new GrantsInMemory());
      Grants.Result result =
          Grants.decide(decided, decision.actions(), decision.grantsAsked(setting.zone()), book);
      output.decided(result.decided(), result.actions());
    }
  }
}
