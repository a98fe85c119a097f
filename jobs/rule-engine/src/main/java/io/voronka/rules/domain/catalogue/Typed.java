package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.KnownField;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.StableId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A rule set as it compares by the fields of one account: one set for each time at which a field
 * changed that its rules name. They are made when they are first needed, and kept while other
 * fields change.
 */
final class TypedRules {
  private final RuleSet written;
  private final String accountId;
  private final ZoneId zone;
  private final Set<FieldRef> named;
  private List<Span> newestFirst = List.of();

  private TypedRules(RuleSet written, String accountId, ZoneId zone) {
    this.written = written;
    this.accountId = accountId;
    this.zone = zone;
    this.named = named(written, accountId);
  }

  /** A time through which the fields that the rules name stay as they are. */
  private static final class Span {
    final long from;
    final FieldCatalogue fields;
    final Map<String, KnownField> known;
    final long mark;
    RuleSet rules;

    Span(long from, FieldCatalogue fields, Map<String, KnownField> known, long mark) {
      this.from = from;
      this.fields = fields;
      this.known = known;
      this.mark = mark;
    }
  }

  /**
   * @param written compares as the rules are written
   * @param zone the tenant's, of which the dates in rules are
   */
  static TypedRules of(RuleSet written, String accountId, AccountFields fields, ZoneId zone) {
    TypedRules typed = new TypedRules(written, accountId, zone);
    typed.goBy(fields);
    return typed;
  }

  boolean isOf(ZoneId other) {
    return zone.equals(other);
  }

  /** Takes the fields as they are known now. */
  void goBy(AccountFields fields) {
    List<Span> spans = new ArrayList<>();
    Map<String, KnownField> before = Map.of();
    for (long from : named.isEmpty() ? Set.<Long>of() : fields.changes()) {
      FieldCatalogue catalogue = fields.at(from);
      Map<String, KnownField> known = known(catalogue);
      if (!known.equals(before)) {
        long mark = known.isEmpty() ? 0 : StableId.fingerprint(accountId + zone + known);
        Span span = new Span(from, catalogue, known, mark);
        span.rules = made(known);
        spans.add(0, span);
        before = known;
      }
    }
    newestFirst = spans;
  }

  /** What the rules name, and whether its code means nothing else. */
  private Map<String, KnownField> known(FieldCatalogue catalogue) {
    Map<String, KnownField> known = new TreeMap<>();
    for (FieldRef ref : named) {
      KnownField field = catalogue.find(ref);
      if (field != null) {
        String only = catalogue.isOneField(ref.name()) ? "!" : "";
        known.put(ref.naming() + ref.name() + only, field);
      }
    }
    return known;
  }

  /** Null when such a set has not been made yet. */
  private RuleSet made(Map<String, KnownField> known) {
    for (Span span : newestFirst) {
      if (span.rules != null && span.known.equals(known)) {
        return span.rules;
      }
    }
    return null;
  }

  RuleSet at(long time) {
    Span span = span(time);
    if (span == null || span.mark == 0) {
      return written;
    }
    if (span.rules == null) {
      span.rules = typed(span.fields);
    }
    return span.rules;
  }

  /** Fingerprint of the fields that the rules name; 0 when none of them is known. */
  long mark(long time) {
    Span span = span(time);
    return span == null ? 0 : span.mark;
  }

  /** Drops what no event of this time or a later one can be judged by. */
  void forgetBefore(long time) {
    Span kept = span(time);
    newestFirst.removeIf(span -> kept != null && span.from < kept.from);
  }

  /** Null before the first. */
  private Span span(long time) {
    for (int i = 0; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).from <= time) {
        return newestFirst.get(i);
      }
    }
    return null;
  }

  private RuleSet typed(FieldCatalogue fields) {
    Typing typing = new Typing(fields, zone);
    List<RuleVersion> members = new ArrayList<>(written.rules().size());
    for (RuleVersion member : written.rules()) {
      members.add(new RuleVersion(typing.typed(member.rule()), member.version(), member.mark()));
    }
    return RuleSet.compile(written.version(), members);
  }

  private static Stream<FieldRef> fields(Condition node) {
    if (node instanceof EventTriggered event) {
      return event.filters().stream().map(EventTriggered.Filter::field);
    }
    return node instanceof FieldCondition condition ? Stream.of(condition.field()) : Stream.empty();
  }

  private static Set<FieldRef> named(RuleSet rules, String accountId) {
    Set<FieldRef> named = new HashSet<>();
    for (RuleVersion member : rules.rules()) {
      if (member.rule().concerns(accountId)) {
        member.rule().when().stream()
            .flatMap(Condition::nodes)
            .flatMap(TypedRules::fields)
            .filter(field -> field.naming() != FieldRef.Naming.STANDARD)
            .forEach(named::add);
      }
    }
    return named;
  }
}
