package io.voronka.rules.domain;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/** A rule set and the state of one subject, fed with events one after the other. */
final class Deciding {
  private static final RuleParser PARSER = RuleParser.create();

  private final RuleSet rules;
  private SubjectState state = SubjectState.EMPTY;
  private Decision last;

  private Deciding(RuleSet rules) {
    this.rules = rules;
  }

  /** Definitions with apostrophes for quotes. */
  static Deciding by(String... definitions) {
    List<RuleVersion> members = new ArrayList<>();
    for (String definition : definitions) {
      members.add(new RuleVersion(rule(definition), 1));
    }
    return new Deciding(RuleSet.compile(3, members));
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

  static Rule rule(String definition) {
    Parsed parsed = PARSER.parse(definition.replace('\'', '"'));
    return parsed.rule().orElseThrow(() -> new AssertionError(parsed.problems().toString()));
  }

  Deciding after(LeadEvents... events) {
    for (LeadEvents event : events) {
      CrmEvent built = event.build();
      last = rules.decide(state, built, Clocks.at(built.getReceivedAt()));
      state = last.state();
    }
    return this;
  }

  SubjectState state() {
    return state;
  }

  List<ActionRequested> actions() {
    return last.actions();
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
