package io.voronka.rules.why;

import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.Subject;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The versions of one rule, and when each was in force. */
public final class RuleHistory {
  private final String ruleId;
  private final List<RuleSetRow> newestFirst;
  private final Map<Long, Parsed> versions;

  /** By the time from which they count. */
  private final TreeMap<Long, Typing> typings;

  private final List<RuleQuarantined> leftOut;
  private final Map<String, RuleSet> alone = new HashMap<>();

  private RuleHistory(
      String ruleId,
      List<RuleSetRow> newestFirst,
      Map<Long, Parsed> versions,
      TreeMap<Long, Typing> typings,
      List<RuleQuarantined> leftOut) {
    this.ruleId = ruleId;
    this.newestFirst = newestFirst;
    this.versions = versions;
    this.typings = typings;
    this.leftOut = leftOut;
  }

  /**
   * @param rules all rules of the tenant
   * @param sets all rule sets of the tenant; one whose members are not all there is never in force
   */
  public static RuleHistory of(
      String ruleId, Collection<RuleRow> rules, Collection<RuleSetRow> sets, RuleParser parser) {
    Set<RuleRef> present = new HashSet<>();
    Map<Long, Parsed> versions = new HashMap<>();
    for (RuleRow row : rules) {
      present.add(new RuleRef(row.getRuleId(), row.getVersion()));
      if (row.getRuleId().equals(ruleId)) {
        versions.put(row.getVersion(), parser.parse(row.getDefinition()));
      }
    }
    List<RuleSetRow> whole =
        sets.stream()
            .filter(set -> present.containsAll(set.getMembers()))
            .sorted(Comparator.comparingLong(RuleSetRow::getVersion).reversed())
            .toList();
    return new RuleHistory(ruleId, whole, versions, new TreeMap<>(), List.of());
  }

  /**
   * The same, judged by the types of an account's fields, each from its {@code effectiveAt} on.
   *
   * @param fields as they are now: what one was before its last change is not known
   * @param zone the tenant's
   */
  public RuleHistory typedBy(Collection<FieldRow> fields, ZoneId zone) {
    TreeMap<Long, Typing> typings = new TreeMap<>();
    typings.put(Long.MIN_VALUE, new Typing(FieldCatalogue.UNKNOWN, zone));
    for (FieldRow field : fields) {
      typings.computeIfAbsent(
          field.getEffectiveAt(),
          from ->
              new Typing(
                  FieldCatalogue.of(
                      fields.stream().filter(row -> row.getEffectiveAt() <= from).toList()),
                  zone));
    }
    return new RuleHistory(ruleId, newestFirst, versions, typings, leftOut);
  }

  /**
   * The same, of whose versions the job has left some out.
   *
   * @param told records of any rules, as they were told
   */
  public RuleHistory without(Collection<RuleQuarantined> told) {
    return new RuleHistory(
        ruleId,
        newestFirst,
        versions,
        typings,
        told.stream().filter(record -> record.getRuleId().equals(ruleId)).toList());
  }

  /** The earliest record by which a version was left out before a time; empty when none was. */
  Optional<RuleQuarantined> leftOut(long version, long time) {
    return leftOut.stream()
        .filter(record -> record.getVersion() == version && record.getQuarantinedAt() <= time)
        .min(Comparator.comparingLong(RuleQuarantined::getQuarantinedAt));
  }

  /** Kafka keys under which the outcomes of the rule's actions are, in all its versions. */
  public Set<String> targets(Subject subject) {
    Set<String> keys = new TreeSet<>();
    keys.add(ActionKeys.account(subject.tenantId(), subject.accountId()));
    for (Parsed version : versions.values()) {
      version.rule().stream()
          .flatMap(rule -> rule.actions().stream())
          .map(ActionTemplate::effect)
          .map(effect -> place(subject.tenantId(), effect))
          .flatMap(Optional::stream)
          .forEach(keys::add);
    }
    return keys;
  }

  /** Empty for what is done in the CRM account. */
  private static Optional<String> place(String tenantId, Effect effect) {
    if (effect instanceof Effect.CallAddress call) {
      return Optional.of(ActionKeys.host(tenantId, call.url()));
    }
    return effect instanceof Effect.Mail mail
        ? Optional.of(ActionKeys.mail(tenantId, mail.senderId()))
        : Optional.empty();
  }

  /** False when no version of the rule was ever written. */
  boolean exists() {
    return !versions.isEmpty();
  }

  /** The set in force at a time; empty when there was none. */
  Optional<RuleSetRow> setAt(long time) {
    return newestFirst.stream().filter(set -> set.getEffectiveAt() <= time).findFirst();
  }

  /** The version of the rule in force at a time; empty when the set has none. */
  OptionalLong versionAt(long time) {
    return setAt(time).stream().mapToLong(this::member).filter(version -> version >= 0).findFirst();
  }

  /** A version of the rule; empty when it is not there or not valid. */
  Optional<RuleVersion> version(long version) {
    Parsed parsed = versions.get(version);
    return parsed == null
        ? Optional.empty()
        : parsed.rule().map(rule -> new RuleVersion(rule, version));
  }

  /** A version as it is judged at a time: its conditions compare by the types of the fields. */
  RuleVersion judged(RuleVersion version, long time) {
    Map.Entry<Long, Typing> typing = typings.floorEntry(time);
    return typing == null
        ? version
        : new RuleVersion(
            typing.getValue().typed(version.rule()), version.version(), version.mark());
  }

  /** What is wrong with a version, for a reader; empty when nothing is. */
  Optional<String> problem(long version) {
    Parsed parsed = versions.get(version);
    return parsed == null
        ? Optional.empty()
        : parsed.problems().stream()
            .findFirst()
            .map(problem -> problem.pointer() + " " + problem.message());
  }

  /** When a set with the rule in it next comes into force after a time. */
  OptionalLong nextInForce(long time) {
    return newestFirst.stream()
        .filter(set -> set.getEffectiveAt() > time && member(set) >= 0)
        .mapToLong(RuleSetRow::getEffectiveAt)
        .min();
  }

  /** Times at which other rules or fields came into force, oldest first. */
  List<Long> changes() {
    TreeSet<Long> times = new TreeSet<>(typings.tailMap(Long.MIN_VALUE, false).keySet());
    newestFirst.forEach(set -> times.add(set.getEffectiveAt()));
    return List.copyOf(times);
  }

  /** A set of the rule alone, as it was in force at a time. */
  RuleSet aloneAt(long time) {
    OptionalLong version = versionAt(time);
    return version.isEmpty()
        ? RuleSet.empty()
        : alone.computeIfAbsent(
            version.getAsLong() + "|" + typings.floorKey(time),
            key -> {
              long v = version.getAsLong();
              return RuleSet.compile(
                  v, version(v).stream().map(member -> judged(member, time)).toList());
            });
  }

  /** Below zero when the rule is not in it. */
  private long member(RuleSetRow set) {
    return set.getMembers().stream()
        .filter(member -> member.getRuleId().equals(ruleId))
        .mapToLong(RuleRef::getVersion)
        .findFirst()
        .orElse(-1);
  }
}
