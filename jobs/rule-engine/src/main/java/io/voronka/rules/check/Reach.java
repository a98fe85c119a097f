package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether an effect, told by the CRM, might set off a rule. Where in doubt, it might. */
record Reach(Set<EventKind> kinds, Map<FieldRef, String> written) {

  static Reach of(Effect effect) {
    return new Reach(Echo.kinds(effect), Echo.written(effect));
  }

  boolean to(Rule rule) {
    boolean triggers =
        !Collections.disjoint(rule.triggers(), kinds)
            && rule.when().map(this::possible).orElse(true);
    return triggers || (rule.atMoments() && rule.waits().stream().anyMatch(this::begins));
  }

  private boolean begins(TimeElapsed wait) {
    Anchor since = wait.since();
    return switch (since.kind()) {
      case STAGE_ENTRY -> moves();
      case CREATION -> false;
      case EVENT -> kinds.contains(since.event());
      case DATE_FIELD -> written.containsKey(Echo.whole(since.field()));
    };
  }

  private boolean moves() {
    return written.containsKey(FieldRef.STAGE);
  }

  private boolean possible(Condition condition) {
    if (condition instanceof AllOf) {
      return condition.members().stream().allMatch(this::possible);
    }
    if (condition instanceof AnyOf) {
      return condition.members().stream().anyMatch(this::possible);
    }
    if (condition instanceof StageChanged move) {
      return moves() && (move.to().isEmpty() || move.to().contains(written.get(FieldRef.STAGE)));
    }
    if (condition instanceof EventTriggered event) {
      return event.often() != null || !Collections.disjoint(event.kinds(), kinds);
    }
    return !(condition instanceof FieldCondition field) || possible(field);
  }

  private boolean possible(FieldCondition condition) {
    FieldRef field = Echo.whole(condition.field());
    Operator operator = condition.test().operator();
    if (!written.containsKey(field)) {
      return !operator.aboutChange();
    }
    String text = written.get(field);
    if (text == null
        || condition.field().part() != FieldRef.Part.TEXT
        || (operator.aboutChange() && operator != Operator.CHANGED_TO)) {
      return true;
    }
    List<String> texts = List.of(text);
    Truth truth =
        operator == Operator.CHANGED_TO
            ? condition.test().testChange(List.of(text + "."), texts, new Budget())
            : condition.test().test(texts, new Budget());
    return truth == Truth.TRUE;
  }
}
