package io.voronka.jobs.evaluaterules.replay;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.DecisionCause;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decisions and requests by their ids, each once, as fingerprints of their bytes: there are many.
 * What is said of rules with a daily limit is kept apart: who gets the last grants of a day is not
 * settled by the log alone.
 */
public final class Decided {
  private static final String STOPPED = "/priority";

  private final RecordCodec<RuleDecided> decisionBytes = RecordCodec.of(RuleDecided.class);
  private final RecordCodec<ActionRequested> actionBytes = RecordCodec.of(ActionRequested.class);
  private final Map<String, String> decisions = new HashMap<>();
  private final Map<String, String> actions = new HashMap<>();
  private final Map<String, Set<String>> grants = new TreeMap<>();
  private final Map<VerdictOutcome, Long> outcomes = new EnumMap<>(VerdictOutcome.class);
  private final Set<Long> sets = new TreeSet<>();
  private final Set<String> changedGrants = new HashSet<>();
  private final List<String> unequalCopies = new ArrayList<>();
  private long atMoments;
  private long copies;
  private int deepest;

  /** Takes a decision, or a copy of one. */
  public void add(RuleDecided decided) {
    RuleDecided settled = settled(decided);
    if (once(decisions, settled.getId(), decisionBytes.encode(settled))) {
      sets.add(settled.getSetVersion());
      atMoments += settled.getCause() == DecisionCause.MOMENT ? 1 : 0;
      settled.getVerdicts().forEach(v -> outcomes.merge(v.getOutcome(), 1L, Long::sum));
    } else {
      copies++;
    }
  }

  /** Takes a request, or a copy of one. */
  public void add(ActionRequested action) {
    deepest = Math.max(deepest, action.getChainDepth());
    if (!action.getRuleId().startsWith(HistoryRules.CAP)) {
      once(actions, action.getId(), actionBytes.encode(action));
    }
  }

  /** Fingerprints by id. */
  public Map<String, String> decisions() {
    return decisions;
  }

  /** Fingerprints by id, without requests of rules with a daily limit. */
  public Map<String, String> actions() {
    return actions;
  }

  /** Verdicts of all decisions, each once. */
  public Map<VerdictOutcome, Long> outcomes() {
    return outcomes;
  }

  /** Versions of the sets that decided. */
  public Set<Long> sets() {
    return sets;
  }

  /** Decisions about moments, each once. */
  public long atMoments() {
    return atMoments;
  }

  /** Decisions that came more than once. */
  public long copies() {
    return copies;
  }

  /** How many rules that caused each other led to a request, at most. */
  public int deepest() {
    return deepest;
  }

  /** Ids that came with different bytes. */
  public List<String> unequalCopies() {
    return unequalCopies;
  }

  /** Grants, each once, by rule and day. */
  public Map<String, Set<String>> grants() {
    return grants;
  }

  /** Decisions that were granted in one copy and held back in another. */
  public Set<String> changedGrants() {
    return changedGrants;
  }

  /** A decision as it is compared. */
  public RuleDecided settled(RuleDecided decided) {
    if (!decided.getTenantId().equals(HistoryRules.CAPPED)) {
      return decided;
    }
    List<RuleVerdict> verdicts = new ArrayList<>();
    for (RuleVerdict verdict : decided.getVerdicts()) {
      verdicts.add(
          verdict.getRuleId().startsWith(HistoryRules.CAP) ? settled(decided, verdict) : verdict);
    }
    return RuleDecided.newBuilder(decided).setVerdicts(verdicts).build();
  }

  /** True when it is the first of its id. */
  private boolean once(Map<String, String> known, String id, byte[] bytes) {
    String mark = StableId.of(new String(bytes, StandardCharsets.ISO_8859_1));
    String before = known.putIfAbsent(id, mark);
    if (before != null && !before.equals(mark)) {
      unequalCopies.add(id);
    }
    return before == null;
  }

  private RuleVerdict settled(RuleDecided decided, RuleVerdict verdict) {
    boolean granted =
        verdict.getOutcome() == VerdictOutcome.FIRED
            || verdict.getOutcome() == VerdictOutcome.OBSERVED;
    boolean limited =
        verdict.getOutcome() == VerdictOutcome.HELD
            && (verdict.getClause().startsWith("/limits") || verdict.getClause().equals(STOPPED));
    if (!granted && !limited) {
      return verdict;
    }
    long day = (decided.getFiredAt() + 3 * 3_600_000L) / 86_400_000L;
    Set<String> ofDay =
        grants.computeIfAbsent(verdict.getRuleId() + " on day " + day, key -> new HashSet<>());
    String id = verdict.getDecisionId();
    boolean first = !decisions.containsKey(decided.getId());
    if (granted ? ofDay.add(id) && !first : ofDay.contains(id)) {
      changedGrants.add(id);
    }
    return RuleVerdict.newBuilder(verdict)
        .setOutcome(VerdictOutcome.HELD)
        .setClause("/limits")
        .setExpected(null)
        .setActual(null)
        .setActionIds(List.of())
        .build();
  }
}
