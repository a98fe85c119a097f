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
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.Subject;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The versions of one rule, and when each was in force. */
public final class RuleHistory {
  private final String ruleId;
  private final List<RuleSetRow> newestFirst;
  private final Map<Long, Parsed> versions;
  private final Typing typing;
  private final Map<Long, RuleSet> alone = new HashMap<>();

  private RuleHistory(
      String ruleId, List<RuleSetRow> newestFirst, Map<Long, Parsed> versions, Typing typing) {
    this.ruleId = ruleId;
    this.newestFirst = newestFirst;
    this.versions = versions;
    this.typing = typing;
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
    return new RuleHistory(ruleId, whole, versions, new Typing(FieldCatalogue.UNKNOWN));
  }

  /**
   * The same, judged by the types of an account's fields.
   *
   * @param fields as they are now: what they were before is not known
   */
  public RuleHistory typedBy(FieldCatalogue fields) {
    return new RuleHistory(ruleId, newestFirst, versions, new Typing(fields));
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

  /** A version as it is judged: its conditions compare by the types of the fields. */
  RuleVersion judged(RuleVersion version) {
    return new RuleVersion(typing.typed(version.rule()), version.version(), version.mark());
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

  /** Times at which other rules came into force, oldest first. */
  List<Long> changes() {
    return newestFirst.stream().map(RuleSetRow::getEffectiveAt).sorted().distinct().toList();
  }

  /** A set of the rule alone, as it was in force at a time. */
  RuleSet aloneAt(long time) {
    OptionalLong version = versionAt(time);
    return version.isEmpty()
        ? RuleSet.empty()
        : alone.computeIfAbsent(
            version.getAsLong(),
            v -> RuleSet.compile(v, version(v).stream().map(this::judged).toList()));
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
