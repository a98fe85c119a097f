package io.voronka.rules.why;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.SingleRule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Standing.Armed;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.why.Answer.Span;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which of what is recorded and what can be rebuilt is the answer. */
final class Weighing {
  private final Question question;
  private final Evidence evidence;
  private final RuleHistory history;
  private final AccountSetting setting;
  private final RuleVersion member;
  private final OnRecord recorded;
  private final SubjectReplay replay;
  private final SubjectState state;

  Weighing(
      Question question,
      Evidence evidence,
      RuleHistory history,
      AccountSetting setting,
      RuleVersion member,
      OnRecord recorded,
      SubjectReplay replay) {
    this.question = question;
    this.evidence = evidence;
    this.history = history;
    this.setting = setting;
    this.member = member;
    this.recorded = recorded;
    this.replay = replay;
    this.state = replay.state();
  }

  Answer answer() {
    Optional<Judged> last = recorded.last();
    Optional<Answer> waiting = waiting(last);
    if (waiting.isPresent()) {
      return waiting.get();
    }
    Optional<Judged> rebuilt = replay.lastJudged().filter(judged -> newer(judged, last));
    if (rebuilt.isPresent() && !maybeRuledOut(rebuilt.get())) {
      return plain(Reason.NOT_JUDGED_YET).on(rebuilt.get()).firedBefore(firedBefore());
    }
    Optional<Judged> newest = rebuilt.isPresent() ? rebuilt : last;
    if (lastOfWaits() > newest.map(Judged::at).orElse(Long.MIN_VALUE)) {
      return asOfItsMoment();
    }
    if (newest.isPresent()) {
      return of(newest.get());
    }
    return notTriggered();
  }

  /** An event without a verdict on record, after the last verdict. */
  private boolean newer(Judged judged, Optional<Judged> last) {
    if (recorded.has(judged.eventId())) {
      return false;
    }
    return last.isEmpty() || (judged.at() > last.get().at() && !judged.furtherHook());
  }

  /** The index passes over rules that cannot match, and over no other. */
  private static boolean maybeRuledOut(Judged judged) {
    return judged.outcome() == VerdictOutcome.NOT_MATCHED
        || judged.outcome() == VerdictOutcome.STALE;
  }

  /** Empty when it waits for nothing, or only for its hours to begin. */
  private Optional<Answer> waiting(Optional<Judged> last) {
    Optional<Armed> first =
        state.standing().armed().stream()
            .filter(moment -> moment.rule() == member.mark())
            .min(Comparator.comparingLong(Armed::due));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    for (TimeElapsed wait : member.rule().waits()) {
      Happening beginning = wait.since().in(state);
      if (beginning == null || beginning.id() != first.get().anchor()) {
        continue;
      }
      boolean heldSince =
          last.isPresent()
              && last.get().outcome() == VerdictOutcome.HELD
              && last.get().at() >= beginning.seenAt();
      return heldSince
          ? Optional.empty()
          : Optional.of(
              plain(Reason.WAITING)
                  .with(new Span(beginning.at(), first.get().due(), wait.afterMillis(), 0))
                  .saying(wait.pointer())
                  .firedBefore(firedBefore())
                  .withComplete(evidence.fromTheBeginning()));
    }
    return Optional.empty();
  }

  /** When the last wait of the rule began or ended; least when none did. */
  private long lastOfWaits() {
    if (!member.rule().atMoments()) {
      return Long.MIN_VALUE;
    }
    long last = Long.MIN_VALUE;
    for (TimeElapsed wait : member.rule().waits()) {
      Happening beginning = wait.since().in(state);
      if (beginning == null) {
        continue;
      }
      last = Math.max(last, beginning.seenAt());
      for (EventKind kind : wait.unless()) {
        Happening happening = state.past().last(kind);
        if (happening != null && happening.isAfter(beginning)) {
          last = Math.max(last, happening.seenAt());
        }
      }
    }
    return last;
  }

  /** Judged at the time at which all its waits would be over, so that what else fails is told. */
  private Answer asOfItsMoment() {
    long moment = question.at();
    for (TimeElapsed wait : member.rule().waits()) {
      Happening beginning = wait.since().in(state);
      moment = beginning == null ? moment : Math.max(moment, wait.moment(beginning));
    }
    RuleVerdict verdict =
        SingleRule.atMoment(
            history.judged(member, moment), state, question.subject(), Clocks.at(moment), setting);
    long set = history.setAt(question.at()).orElseThrow().getVersion();
    Judged judged = new Judged(verdict, EventKind.UNKNOWN, "", set, question.at(), true);
    if (maybeRuledOut(judged)) {
      return of(judged);
    }
    return plain(replay.firedByItself() ? Reason.NOT_JUDGED_YET : Reason.MOMENT_PASSED)
        .on(judged)
        .firedBefore(firedBefore());
  }

  private Answer of(Judged judged) {
    RuleVerdict verdict = judged.verdict();
    Optional<RuleVersion> version = history.version(verdict.getRuleVersion());
    Optional<Rule> rule = version.map(RuleVersion::rule);
    HeldBack held = new HeldBack(judged, rule, recorded.firings(judged.at(), true), setting.zone());
    Reason reason =
        switch (judged.outcome()) {
          case FIRED -> Reason.FIRED;
          case OBSERVED -> Reason.OBSERVED;
          case NOT_MATCHED -> Reason.NOT_MATCHED;
          case STALE -> Reason.STALE;
          case DISABLED -> Reason.DISABLED;
          case HELD -> held.reason();
          case FAILED -> ofText(verdict) ? Reason.TEXT_FAILED : Reason.FAILED;
          case UNKNOWN -> Reason.FAILED;
        };
    Answer answer =
        Answer.of(question, reason, setting.zone())
            .about(version)
            .on(judged)
            .withComplete(evidence.fromTheBeginning() || !judged.rebuilt());
    if (reason == Reason.FIRED) {
      return answer.with(fates(verdict, rule));
    }
    if (judged.outcome() == VerdictOutcome.HELD) {
      answer = answer.with(held.span()).saying(held.detail());
    } else if (judged.outcome() == VerdictOutcome.FAILED) {
      answer = answer.saying(verdict.getActual());
    }
    return answer.firedBefore(recorded.lastFired(judged.at()));
  }

  private static boolean ofText(RuleVerdict verdict) {
    return verdict.getClause() != null && verdict.getClause().startsWith("/actions/");
  }

  private Answer notTriggered() {
    return plain(Reason.NOT_TRIGGERED)
        .saying(replay.lastEvent().map(seen -> seen.event().getKind().name()).orElse(null))
        .with(new Span(replay.lastEvent().map(Evidence.Seen::at).orElse(0L), 0, 0, 0))
        .withComplete(evidence.fromTheBeginning());
  }

  private List<Fate> fates(RuleVerdict verdict, Optional<Rule> rule) {
    List<Fate> fates = new ArrayList<>();
    for (String id : verdict.getActionIds()) {
      Optional<ActionTemplate> template =
          rule.stream()
              .flatMap(r -> r.actions().stream())
              .filter(action -> StableId.of(verdict.getDecisionId(), action.key()).equals(id))
              .findFirst();
      Optional<ActionCompleted> done =
          evidence.completed().stream()
              .filter(completed -> completed.getActionId().equals(id))
              .max(Comparator.comparingLong(ActionCompleted::getCompletedAt));
      ActionKind kind =
          template
              .map(action -> action.effect().kind())
              .or(() -> done.map(ActionCompleted::getKind))
              .orElse(ActionKind.UNKNOWN);
      fates.add(
          new Fate(
              id,
              template.map(ActionTemplate::key).orElse(""),
              kind,
              done.map(ActionCompleted::getOutcome).orElse(null),
              done.map(ActionCompleted::getReason).orElse(null),
              done.map(ActionCompleted::getCompletedAt).orElse(0L),
              done.isPresent() ? 0 : expectedAt(id)));
    }
    return fates;
  }

  private long expectedAt(String actionId) {
    return evidence.queued().stream()
        .filter(queued -> queued.getActionId().equals(actionId))
        .filter(queued -> queued.getToldAt() <= question.at())
        .max(Comparator.comparingLong(ActionQueued::getToldAt))
        .map(ActionQueued::getExpectedAt)
        .orElse(0L);
  }

  private OptionalLong firedBefore() {
    return recorded.lastFired(question.at() + 1);
  }

  private Answer plain(Reason reason) {
    return Answer.of(question, reason, setting.zone()).about(Optional.of(member));
  }
}
