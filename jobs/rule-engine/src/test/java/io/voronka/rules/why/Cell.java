package io.voronka.rules.why;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.Subject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a cell with one lead, as the job leaves them: every decision in it was made by the
 * whole set with its index.
 */
final class Cell {
  static final Subject LEAD = new Subject("acme", "kommo-1", EntityType.LEAD, "7");
  private static final RuleParser PARSER = RuleParser.create();

  private final AccountSetting setting = new AccountSetting(ZoneId.of("Europe/Moscow"), "900");
  private final List<RuleRow> rules = new ArrayList<>();
  private final List<RuleSetRow> sets = new ArrayList<>();
  private final List<Evidence.Seen> events = new ArrayList<>();
  private final List<RuleDecided> decisions = new ArrayList<>();
  private final List<ActionRequested> requested = new ArrayList<>();
  private final List<ActionCompleted> completed = new ArrayList<>();
  private final List<ActionQueued> queued = new ArrayList<>();
  private RuleSet inForce = RuleSet.empty();
  private SubjectState state = SubjectState.EMPTY;
  private List<FieldRow> fields = List.of();
  private final List<RuleQuarantined> leftOut = new ArrayList<>();
  private boolean active = true;
  private boolean whole = true;
  private boolean jobRuns = true;

  /** The account's fields, by which rules compare that come into force after this. */
  Cell fields(FieldRow... rows) {
    fields = List.of(rows);
    return this;
  }

  /** The job leaves the newest version of a rule out, seconds after the start. */
  Cell leftOut(String rule, String reason, String detail, long seconds) {
    leftOut.add(
        new RuleQuarantined("acme", rule, (long) sets.size(), reason, detail, millis(seconds)));
    return jobStops();
  }

  /** Rules in force from a time on, seconds after the start; apostrophes for quotes. */
  Cell rules(long fromSeconds, String... definitions) {
    pass(fromSeconds);
    long version = sets.size() + 1;
    List<RuleRef> members = new ArrayList<>();
    List<RuleVersion> compiled = new ArrayList<>();
    for (String written : definitions) {
      String definition = written.replace('\'', '"');
      String id = definition.replaceAll("(?s).*?\"id\": \"([a-z-]+)\".*", "$1");
      rules.add(new RuleRow("acme", id, version, id, definition));
      members.add(new RuleRef(id, version));
      PARSER
          .parse(definition)
          .rule()
          .map(new Typing(FieldCatalogue.of(fields), setting.zone())::typed)
          .ifPresent(rule -> compiled.add(new RuleVersion(rule, version)));
    }
    sets.add(new RuleSetRow("acme", version, members, millis(fromSeconds)));
    inForce = RuleSet.compile(version, compiled);
    state = inForce.rearm(state, LEAD, millis(fromSeconds), setting);
    return this;
  }

  Cell after(LeadEvents... happened) {
    for (LeadEvents one : happened) {
      CrmEvent event = one.build();
      long at = event.getReceivedAt();
      moments(at - 1);
      events.add(new Evidence.Seen(event, at));
      if (jobRuns) {
        take(inForce.decide(state, event, Clocks.at(at), setting));
      }
    }
    return this;
  }

  /** Time passes, seconds after the start. */
  Cell pass(long seconds) {
    moments(millis(seconds));
    return this;
  }

  /** The job judges nothing from now on. */
  Cell jobStops() {
    jobRuns = false;
    return this;
  }

  Cell switchedOff() {
    active = false;
    return this;
  }

  /** Events so far are deleted. */
  Cell forget() {
    events.clear();
    whole = false;
    return this;
  }

  /** All requested actions end so, seconds after the start. */
  Cell completed(ActionOutcome outcome, String reason, long seconds) {
    for (ActionRequested action : requested) {
      completed.add(
          ActionCompleted.newBuilder()
              .setActionId(action.getId())
              .setTenantId("acme")
              .setAccountId("kommo-1")
              .setSubjectType(EntityType.LEAD)
              .setSubjectId("7")
              .setKind(action.getKind())
              .setDecisionId(action.getDecisionId())
              .setEventId(action.getEventId())
              .setOutcome(outcome)
              .setReason(reason)
              .setAttempts(1)
              .setCompletedAt(millis(seconds))
              .build());
    }
    return this;
  }

  /** All requested actions are told so many seconds after the start when they will leave. */
  Cell queued(long tellAt, long leaveAt) {
    for (ActionRequested action : requested) {
      queued.add(
          ActionQueued.newBuilder()
              .setActionId(action.getId())
              .setTenantId("acme")
              .setAccountId("kommo-1")
              .setSubjectType(EntityType.LEAD)
              .setSubjectId("7")
              .setKind(action.getKind())
              .setDecisionId(action.getDecisionId())
              .setTarget("acme|kommo-1")
              .setExpectedAt(millis(leaveAt))
              .setToldAt(millis(tellAt))
              .build());
    }
    return this;
  }

  Answer why(String rule, long seconds) {
    return WhyNot.answer(
        new Question(LEAD, rule, millis(seconds)),
        new Evidence(events, whole, decisions, completed, queued),
        RuleHistory.of(rule, rules, sets, PARSER).typedBy(fields, setting.zone()).without(leftOut),
        setting,
        active);
  }

  List<RuleDecided> decisions() {
    return decisions;
  }

  static long millis(long seconds) {
    return LeadEvents.T0 + seconds * 1000;
  }

  private void moments(long upTo) {
    while (jobRuns && state.standing().nextDue() <= upTo) {
      take(inForce.decideMoment(state, LEAD, Clocks.at(state.standing().nextDue()), setting));
    }
  }

  private void take(Decision decision) {
    state = decision.state();
    decision.decided().ifPresent(decisions::add);
    requested.addAll(decision.actions());
  }
}
