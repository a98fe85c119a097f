package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for leads and events at which rules fire: settles one field after the other so that each
 * condition comes out as it is wanted, and takes back what leads nowhere. What it finds is played
 * afterwards, so it need not be exact; it may miss what a cleverer search would find.
 */
final class Situations {
  private static final int MOST_REPEATS = 100;
  private static final long MARGIN = Duration.ofMinutes(1).toMillis();

  /** For one search, so that a hopeless one does not take the time of the others. */
  private static final long MOST_STEPS = 20_000;

  private final Guesses guesses;
  private final Effort own = new Effort(MOST_STEPS);
  private final Effort all;

  /**
   * @param rules all that are searched for at once
   * @param all for this search and others
   */
  Situations(Collection<Rule> rules, Effort all) {
    this.guesses = new Guesses(rules, Situation.CREATED_AT + Duration.ofDays(2).toMillis());
    this.all = all;
  }

  /**
   * Those in which all the rules are tempted by one event, or by one moment.
   *
   * @param kind of the event; null: a moment
   */
  Stream<Draft> atOnce(List<Rule> rules, EventKind kind) {
    Stream<Draft> drafts = Stream.of(Draft.of(kind));
    for (Rule rule : rules) {
      if (rule.when().isPresent()) {
        drafts = drafts.flatMap(draft -> solve(rule.when().get(), true, draft, this::now));
      }
      drafts = drafts.flatMap(draft -> triggered(rule, draft));
    }
    return drafts;
  }

  /**
   * The same with what other rules ask of fields that nothing writes: what a lead has to be like
   * from the start, so that they may fire later.
   */
  Stream<Draft> with(List<Rule> later, Predicate<FieldRef> written, Stream<Draft> drafts) {
    Stream<Draft> all = drafts;
    for (Rule rule : later) {
      if (rule.when().isPresent()) {
        Leaf leaf = (condition, wanted, draft) -> later(condition, wanted, draft, written);
        all = all.flatMap(draft -> solve(rule.when().get(), true, draft, leaf));
      }
    }
    return all;
  }

  private Stream<Draft> triggered(Rule rule, Draft draft) {
    if (draft.kind() == null) {
      return rule.atMoments() ? Stream.of(draft) : Stream.empty();
    }
    boolean named = rule.triggers().contains(draft.kind());
    boolean byMove = rule.triggers().contains(EventKind.LEAD_STAGE_CHANGED) && draft.about();
    if (named && draft.kind() != EventKind.LEAD_STAGE_CHANGED) {
      return Stream.of(draft);
    }
    return byMove ? moves(draft) : Stream.empty();
  }

  private Stream<Draft> moves(Draft draft) {
    return draft.moves() ? Stream.of(draft) : changes(FieldRef.STAGE, draft, pair -> true);
  }

  /** Settles a leaf so that it comes out as it is wanted. */
  private interface Leaf {
    Stream<Draft> solve(Condition leaf, boolean wanted, Draft draft);
  }

  private Stream<Draft> solve(Condition condition, boolean wanted, Draft draft, Leaf leaf) {
    if (!step()) {
      return Stream.empty();
    }
    if (condition instanceof Not not) {
      return solve(not.member(), !wanted, draft, leaf);
    }
    if (!(condition instanceof AllOf) && !(condition instanceof AnyOf)) {
      return leaf.solve(condition, wanted, draft);
    }
    if (condition instanceof AllOf != wanted) {
      return condition.members().stream().flatMap(member -> solve(member, wanted, draft, leaf));
    }
    Stream<Draft> drafts = Stream.of(draft);
    for (Condition member : condition.members()) {
      drafts = drafts.flatMap(d -> solve(member, wanted, d, leaf));
    }
    return drafts;
  }

  private Stream<Draft> now(Condition leaf, boolean wanted, Draft draft) {
    if (leaf instanceof FieldCondition field) {
      return field.test().operator().aboutChange()
          ? changed(field, wanted, draft)
          : holding(field, wanted, draft);
    }
    if (leaf instanceof StageChanged move) {
      return moved(move, wanted, draft);
    }
    return leaf instanceof EventTriggered event
        ? happened(event, wanted, draft)
        : elapsed((TimeElapsed) leaf, wanted, draft);
  }

  private Stream<Draft> later(
      Condition leaf, boolean wanted, Draft draft, Predicate<FieldRef> written) {
    boolean fixed =
        leaf instanceof FieldCondition field
            && !field.test().operator().aboutChange()
            && !written.test(Echo.whole(field.field()));
    return fixed ? holding((FieldCondition) leaf, wanted, draft) : Stream.of(withDate(leaf, draft));
  }

  /** A date that nothing has written yet has to be there for a wait to begin. */
  private Draft withDate(Condition condition, Draft draft) {
    if (condition instanceof TimeElapsed wait
        && wait.since().kind() == Anchor.Kind.DATE_FIELD
        && draft.valueNow(wait.since().field()) == null) {
      return draft.withNow(
          wait.since().field(), guesses.of(wait.since().field()).iterator().next());
    }
    return draft;
  }

  private Stream<Draft> holding(FieldCondition condition, boolean wanted, Draft draft) {
    FieldRef field = condition.field();
    List<String> settled = draft.valueNow(field);
    if (settled != null) {
      return is(condition.test(), settled, wanted) ? Stream.of(draft) : Stream.empty();
    }
    return guesses.of(field).stream()
        .filter(value -> step() && is(condition.test(), value, wanted))
        .map(value -> draft.withNow(field, value));
  }

  private static boolean is(FieldTest test, List<String> value, boolean wanted) {
    return test.test(value, new Budget()) == (wanted ? Truth.TRUE : Truth.FALSE);
  }

  private Stream<Draft> changed(FieldCondition condition, boolean wanted, Draft draft) {
    FieldRef field = condition.field();
    FieldTest test = condition.test();
    if (!draft.about()) {
      return wanted ? Stream.empty() : Stream.of(draft);
    }
    if (!wanted && draft.was().get(field) == null) {
      return Stream.of(draft);
    }
    return changes(
        field,
        draft,
        pair ->
            test.testChange(pair.get(0), pair.get(1), new Budget())
                == (wanted ? Truth.TRUE : Truth.FALSE));
  }

  /** Settles what a field was and what it becomes, different from each other. */
  private Stream<Draft> changes(FieldRef field, Draft draft, Predicate<List<List<String>>> fits) {
    List<Draft> found = new ArrayList<>();
    Set<List<String>> any = guesses.of(field);
    Collection<List<String>> before =
        draft.creates() ? List.of(List.of()) : settledOr(draft.was().get(field), any);
    for (List<String> after : settledOr(draft.now().get(field), any)) {
      for (List<String> old : before) {
        if (step() && !old.equals(after) && fits.test(List.of(old, after))) {
          found.add(draft.withChange(field, old, after));
        }
      }
    }
    return found.stream();
  }

  private static Collection<List<String>> settledOr(
      List<String> settled, Collection<List<String>> any) {
    return settled == null ? any : List.of(settled);
  }

  private Stream<Draft> moved(StageChanged move, boolean wanted, Draft draft) {
    if (!draft.about() || (!wanted && !draft.moves())) {
      return wanted ? Stream.empty() : Stream.of(draft);
    }
    if (!wanted) {
      return in(move.to(), draft.now().get(FieldRef.STAGE)) ? Stream.empty() : Stream.of(draft);
    }
    Stream<Draft> drafts =
        draft.moves() && draft.now().get(FieldRef.STAGE) != null
            ? Stream.of(draft)
            : changes(FieldRef.STAGE, draft, pair -> true);
    return drafts
        .filter(d -> in(move.to(), d.now().get(FieldRef.STAGE)))
        .filter(d -> in(move.from(), d.was().get(FieldRef.STAGE)))
        .flatMap(d -> inPipeline(move, d));
  }

  private Stream<Draft> inPipeline(StageChanged move, Draft draft) {
    List<String> settled = draft.valueNow(FieldRef.PIPELINE);
    return settledOr(settled, guesses.of(FieldRef.PIPELINE)).stream()
        .filter(value -> in(move.pipelines(), value))
        .map(value -> settled == null ? draft.withNow(FieldRef.PIPELINE, value) : draft);
  }

  private static boolean in(List<String> ids, List<String> value) {
    return ids.isEmpty() || (value != null && value.size() == 1 && ids.contains(value.get(0)));
  }

  private Stream<Draft> happened(EventTriggered event, boolean wanted, Draft draft) {
    if (event.often() != null) {
      Draft often =
          draft.withEarlier(
              event.kinds().stream().sorted().findFirst().orElseThrow(),
              Math.min(event.often().times(), MOST_REPEATS));
      return Stream.of(wanted ? often : draft);
    }
    boolean byMove = event.kinds().contains(EventKind.LEAD_STAGE_CHANGED) && draft.about();
    if (draft.kind() == null || (!event.kinds().contains(draft.kind()) && !byMove)) {
      return wanted ? Stream.empty() : Stream.of(draft);
    }
    if (!wanted) {
      return event.filters().stream().flatMap(filter -> carrying(filter, false, draft));
    }
    Stream<Draft> drafts = event.kinds().contains(draft.kind()) ? Stream.of(draft) : moves(draft);
    for (EventTriggered.Filter filter : event.filters()) {
      drafts = drafts.flatMap(d -> carrying(filter, true, d));
    }
    return drafts;
  }

  private Stream<Draft> carrying(EventTriggered.Filter filter, boolean wanted, Draft draft) {
    FieldRef field = filter.field();
    List<String> settled = draft.about() ? draft.valueNow(field) : draft.own().get(field);
    return settledOr(settled, guesses.of(field)).stream()
        .filter(value -> step() && is(filter.test(), value, wanted))
        .map(value -> draft.about() ? draft.withNow(field, value) : draft.withOwn(field, value));
  }

  private Stream<Draft> elapsed(TimeElapsed wait, boolean wanted, Draft draft) {
    if (!wanted) {
      return Stream.of(draft); // Nothing has happened long ago unless another condition wants it.
    }
    Anchor since = wait.since();
    return switch (since.kind()) {
      case STAGE_ENTRY, CREATION ->
          Stream.of(
              draft.withEarlier(EventKind.LEAD_CREATED, 1).withAfter(wait.afterMillis() + MARGIN));
      case EVENT ->
          Stream.of(draft.withEarlier(since.event(), 1).withAfter(wait.afterMillis() + 2 * MARGIN));
      case DATE_FIELD ->
          settledOr(draft.valueNow(since.field()), guesses.of(since.field())).stream()
              .limit(1)
              .map(
                  date ->
                      draft
                          .withNow(since.field(), date)
                          .withAfter(Duration.ofDays(2).toMillis() + wait.afterMillis() + MARGIN));
    };
  }

  private boolean step() {
    return own.take(1) && all.take(1);
  }
}
