package io.voronka.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rule set and the state of one subject, fed with events one after the other, and with time that
 * passes. Moments are judged when they come, as the job does it.
 */
final class Deciding {
  private static final RuleParser PARSER = RuleParser.create();
  private static final Subject SUBJECT = new Subject("acme", "kommo-1", EntityType.LEAD, "7");

  private RuleSet rules;
  private AccountSetting setting = AccountSetting.UNKNOWN;
  private SubjectState state = SubjectState.EMPTY;
  private Decision last;
  private final List<RuleDecided> atMoments = new ArrayList<>();
  private final List<ActionRequested> allActions = new ArrayList<>();

  private Deciding(RuleSet rules) {
    this.rules = rules;
  }

  /** Definitions with apostrophes for quotes. */
  static Deciding by(String... definitions) {
    return new Deciding(ruleSet(3, definitions));
  }

  /** One rule on any change of a lead, with this condition. */
  static Deciding when(String condition) {
    return by(
        """
        {'id': 'r', 'trigger': {'event': ['lead_created', 'lead_updated', 'lead_stage_changed']},
         'when': %s, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """
            .formatted(condition));
  }

  /** One rule that waits: on nothing but its moment. */
  static String waiting(String id, String wait) {
    return """
    {'id': '%s', 'when': %s, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
    """
        .formatted(id, wait);
  }

  static Rule rule(String definition) {
    Parsed parsed = PARSER.parse(definition.replace('\'', '"'));
    return parsed.rule().orElseThrow(() -> new AssertionError(parsed.problems().toString()));
  }

  private static RuleSet ruleSet(long version, String... definitions) {
    List<RuleVersion> members = new ArrayList<>();
    for (String definition : definitions) {
      members.add(new RuleVersion(rule(definition), version));
    }
    return RuleSet.compile(version, members);
  }

  /** The same rules, compared by the types of an account's fields. */
  Deciding by(FieldCatalogue catalogue) {
    Typing typing = new Typing(catalogue, setting.zone());
    rules =
        RuleSet.compile(
            rules.version(),
            rules.rules().stream()
                .map(member -> new RuleVersion(typing.typed(member.rule()), member.version()))
                .toList());
    return this;
  }

  /** Codes of the lead's fields are known, though no event tells them. */
  Deciding fieldIds(Map<String, String> byCode) {
    Surroundings known = Surroundings.UNKNOWN.withFieldIds(Map.of(EntityType.LEAD, byCode));
    setting = new AccountSetting(setting.zone(), setting.integrationUserId(), known);
    return this;
  }

  Deciding in(String zone) {
    setting = new AccountSetting(ZoneId.of(zone), setting.integrationUserId());
    return this;
  }

  Deciding integrationUser(String id) {
    setting = new AccountSetting(setting.zone(), id);
    return this;
  }

  /** Messages are said by a bot that reads them from this field. */
  Deciding messageField(String id) {
    setting =
        new AccountSetting(setting.zone(), setting.integrationUserId(), id, setting.surroundings());
    return this;
  }

  Deciding after(LeadEvents... events) {
    for (LeadEvents event : events) {
      CrmEvent built = event.build();
      until(built.getReceivedAt() - 1);
      take(rules.decide(state, built, Clocks.at(built.getReceivedAt()), setting));
      until(built.getReceivedAt());
    }
    return this;
  }

  /** Time passes, seconds after the start. */
  Deciding pass(long seconds) {
    return until(LeadEvents.T0 + seconds * 1000);
  }

  /** Time passes until a moment, epoch milliseconds. */
  Deciding until(long millis) {
    return until(millis, false);
  }

  private Deciding until(long millis, boolean jumping) {
    while (state.standing().nextDue() <= millis) {
      long due = state.standing().nextDue();
      Clocks clocks = new Clocks(due, jumping ? FiringTime.of(due, millis) : due);
      take(rules.decideMoment(state, SUBJECT, clocks, setting));
      if (clocks.firedAt() == due) {
        nothingLeftToArm(due);
      }
      last.decided().ifPresent(atMoments::add);
    }
    return this;
  }

  /** Whoever works the waits out anew after a moment comes to those that are left. */
  private void nothingLeftToArm(long due) {
    SubjectState anew = rules.rearm(state, SUBJECT, due, setting);
    assertThat(anew.standing().armed())
        .containsExactlyInAnyOrderElementsOf(state.standing().armed());
  }

  /** The log's time jumps: what has come due meanwhile is judged then, seconds after the start. */
  Deciding jump(long seconds) {
    return until(LeadEvents.T0 + seconds * 1000, true);
  }

  /** Other rules come into force, seconds after the start. */
  Deciding change(long seconds, String... definitions) {
    rules = ruleSet(rules.version() + 1, definitions);
    state = rules.rearm(state, SUBJECT, LeadEvents.T0 + seconds * 1000, setting);
    return this;
  }

  private void take(Decision decision) {
    last = decision;
    state = decision.state();
    allActions.addAll(decision.actions());
  }

  SubjectState state() {
    return state;
  }

  /** Of the last event or moment. */
  List<ActionRequested> actions() {
    return last.actions();
  }

  /** Of all events and moments. */
  List<ActionRequested> allActions() {
    return allActions;
  }

  /** Records of moments. */
  List<RuleDecided> moments() {
    return atMoments;
  }

  /** Seconds after the start at which rules fired by themselves. */
  List<Long> firedAt() {
    return atMoments.stream()
        .filter(m -> m.getVerdicts().stream().anyMatch(v -> v.getOutcome() == VerdictOutcome.FIRED))
        .map(m -> (m.getFiredAt() - LeadEvents.T0) / 1000)
        .toList();
  }

  /** Of the last event or moment. */
  List<RuleVersion> overBudget() {
    return last.overBudget();
  }

  /** Of the last event or moment. */
  List<Decision.Took> took() {
    return last.took();
  }

  List<RuleVerdict> verdicts() {
    return last.decided().map(decided -> decided.getVerdicts()).orElse(List.of());
  }

  /** Of the only rule; UNKNOWN when the index ruled it out. */
  VerdictOutcome outcome() {
    return verdicts().isEmpty() ? VerdictOutcome.UNKNOWN : verdicts().get(0).getOutcome();
  }

  boolean fired() {
    return outcome() == VerdictOutcome.FIRED;
  }

  RuleVerdict verdict() {
    return verdicts().get(0);
  }
}
