package io.voronka.rules.check;

import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Two rules that fire at once and write different values to one field. */
final class Conflicts {
  private static final int MOST_DRAFTS = 20;

  // In units of effort.
  private static final int SEARCH = 100;
  private static final int PLAY = 100;

  /**
   * An action that writes a field.
   *
   * @param value as the author wrote it, variables and all
   */
  private record Writer(Rule rule, ActionTemplate action, String value) {}

  /**
   * @param rules that are not off, in the order of priority
   */
  List<Warning> find(List<Rule> rules, Effort effort) {
    List<Warning> warnings = new ArrayList<>();
    for (Map.Entry<FieldRef, List<Writer>> field : writers(rules).entrySet()) {
      List<Writer> writers = field.getValue();
      Demands demands = new Demands(writers.stream().map(Writer::rule).toList());
      for (int i = 0; i < writers.size(); i++) {
        Writer one = writers.get(i);
        BitSet beside = demands.beside(i);
        for (int j = beside.nextSetBit(i + 1); j >= 0; j = beside.nextSetBit(j + 1)) {
          if (warnings.size() == RuleSetCheck.MOST_OF_A_KIND || !effort.take(1)) {
            return warnings;
          }
          if (conflict(one, writers.get(j), effort)) {
            warnings.add(warning(field.getKey(), one, writers.get(j)));
          }
        }
      }
    }
    return warnings;
  }

  private static Map<FieldRef, List<Writer>> writers(List<Rule> rules) {
    Map<FieldRef, List<Writer>> writers = new LinkedHashMap<>();
    for (Rule rule : rules) {
      Rule plain = Plain.of(rule);
      for (ActionTemplate action : plain.actions()) {
        values(action.effect())
            .forEach(
                (field, value) ->
                    writers
                        .computeIfAbsent(field, f -> new ArrayList<>())
                        .add(new Writer(plain, action, value)));
      }
    }
    return writers;
  }

  private static Map<FieldRef, String> values(Effect effect) {
    Map<FieldRef, String> values = new LinkedHashMap<>();
    if (effect instanceof Effect.MoveStage move) {
      values.put(FieldRef.STAGE, move.stageId());
    } else if (effect instanceof Effect.WriteFields fields) {
      for (Effect.Write write : fields.writes()) {
        Stream<String> texts = write.texts().stream().map(Object::toString);
        Stream<String> enums =
            write.enums().stream().map(e -> e.enumId() == null ? e.enumCode() : e.enumId());
        values.put(
            Echo.whole(write.field()), String.join(", ", Stream.concat(texts, enums).toList()));
      }
    }
    return values;
  }

  private static boolean conflict(Writer one, Writer other, Effort effort) {
    if (one.rule().id().equals(other.rule().id())
        || same(one.value(), other.value())
        || !RuleSetCheck.shareAccount(one.rule(), other.rule())) {
      return false;
    }
    effort.take(SEARCH);
    List<Rule> pair = List.of(one.rule(), other.rule());
    Set<EventKind> kinds = common(one.rule(), other.rule());
    Situations situations = kinds.isEmpty() ? null : new Situations(pair, effort);
    return kinds.stream()
        .anyMatch(
            kind ->
                situations
                    .atOnce(pair, kind)
                    .limit(MOST_DRAFTS)
                    .anyMatch(draft -> fireAtOnce(draft, one, other, effort)));
  }

  private static boolean fireAtOnce(Draft draft, Writer one, Writer other, Effort effort) {
    List<Rule> pair = List.of(one.rule(), other.rule());
    effort.take(PLAY);
    return new CrmPlay(pair, Situation.of(draft, pair))
        .first().stream().anyMatch(decision -> asksFor(decision, one) && asksFor(decision, other));
  }

  private static boolean same(String one, String other) {
    Object number = ValueType.NUMBER.parse(one);
    return one.equals(other) || (number != null && number.equals(ValueType.NUMBER.parse(other)));
  }

  /** Kinds of events at which both may be judged; a null stands for a moment. */
  private static Set<EventKind> common(Rule one, Rule other) {
    Set<EventKind> common = new LinkedHashSet<>();
    for (EventKind kind : EventKind.values()) {
      if (listens(one, kind) && listens(other, kind)) {
        common.add(kind);
      }
    }
    if (one.atMoments() && other.atMoments()) {
      common.add(null);
    }
    return common;
  }

  /** A move can be shown by any hook about the lead; an update is the usual one. */
  private static boolean listens(Rule rule, EventKind kind) {
    boolean move = kind == EventKind.LEAD_UPDATED || kind == EventKind.LEAD_CREATED;
    return rule.triggers().contains(kind)
        || (move && rule.triggers().contains(EventKind.LEAD_STAGE_CHANGED));
  }

  private static boolean asksFor(Decision decision, Writer writer) {
    for (ActionRequested action : decision.actions()) {
      if (action.getRuleId().equals(writer.rule().id())
          && action.getActionKey().equals(writer.action().key())) {
        return true;
      }
    }
    return false;
  }

  private static Warning warning(FieldRef field, Writer one, Writer other) {
    String first = one.rule().id();
    String second = other.rule().id();
    return new Warning(
        Warning.Kind.CONFLICT,
        List.of(
            new Warning.Place(first, one.action().pointer()),
            new Warning.Place(second, other.action().pointer())),
        WarningText.conflictInEnglish(field, first, one.value(), second, other.value()),
        WarningText.conflictInRussian(field, first, one.value(), second, other.value()));
  }
}
