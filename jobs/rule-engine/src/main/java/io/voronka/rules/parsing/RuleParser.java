package io.voronka.rules.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.action.EffectTexts;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.text.Text;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Definitions to rules. Immutable; safe for any number of threads. */
public final class RuleParser {
  private final DefinitionSchema schema;

  private RuleParser(DefinitionSchema schema) {
    this.schema = schema;
  }

  /** Loads the schema, which takes a while: make one and keep it. */
  public static RuleParser create() {
    return new RuleParser(DefinitionSchema.load("rule.schema.json"));
  }

  /** A definition as JSON text. */
  public Parsed parse(String json) {
    Problems problems = new Problems();
    return DefinitionJson.read(json, problems)
        .map(this::parse)
        .orElseGet(() -> new Parsed(Optional.empty(), problems.all()));
  }

  /** A definition that is read already, from YAML for instance. */
  public Parsed parse(JsonNode definition) {
    Problems problems = new Problems();
    schema.check(definition, problems);
    Node root = new Node(definition, "", problems);
    Set<EventKind> triggers = EventNames.read(root.at("trigger").at("event"));
    Optional<Condition> when =
        root.has("when") ? new ConditionReading().read(root.at("when")) : Optional.empty();
    List<ActionTemplate> actions = new ActionReading().read(root.at("actions"));
    Rule rule = rule(root, triggers, when, actions);
    if (definition.isObject()) {
      check(root, rule);
    }
    return problems.none()
        ? new Parsed(Optional.of(rule), List.of())
        : new Parsed(Optional.empty(), problems.all());
  }

  private static Rule rule(
      Node root, Set<EventKind> triggers, Optional<Condition> when, List<ActionTemplate> actions) {
    String id = root.text("id");
    Node trigger = root.at("trigger");
    return new Rule(
        id == null ? "" : id,
        root.at("name").text().orElse(id),
        mode(root),
        root.at("priority").json().asInt(0),
        root.at("stop_after_match").json().asBoolean(false),
        root.at("account").text(),
        root.at("agent").text(),
        triggers,
        trigger.at("time").json().asBoolean(waits(root, when)),
        when,
        LimitReading.limits(root.at("limits")),
        LimitReading.active(root.at("active")),
        actions);
  }

  /** True when it has a {@code time_elapsed}, which may not be understood itself. */
  private static boolean waits(Node root, Optional<Condition> when) {
    return when.isPresent()
        ? when.get().nodes().anyMatch(TimeElapsed.class::isInstance)
        : root.at("when").json().findValue("time_elapsed") != null;
  }

  /**
   * What the schema cannot say. The rule may be read in part: of a place that somebody has
   * complained of already nothing more is said.
   */
  private static void check(Node root, Rule rule) {
    if (root.has("when") && rule.when().isEmpty() && !root.at("when").wrong()) {
      root.at("when").problem("not understood");
    }
    trigger(root, rule);
    canFire(root, rule);
    for (ActionTemplate action : rule.actions()) {
      boolean agent = rule.agent().isPresent() || root.at("agent").wrong();
      if (action.effect() instanceof Effect.Answer && !agent) {
        root.at("agent").problem("the agent that is to answer (" + action.key() + ") is expected");
      }
    }
    boolean waitsOutside =
        rule.active().map(a -> a.outside() == ActiveHours.Outside.WAIT).orElse(false);
    if (waitsOutside && namesEvents(root)) {
      root.at("active").at("outside").problem("a rule with trigger events cannot wait: skip");
    }
  }

  /** A rule that never does anything is a mistake, too. */
  private static void canFire(Node root, Rule rule) {
    if (root.at("trigger").wrong() || root.at("when").wrong() || rule.when().isEmpty()) {
      return;
    }
    Problems problems = root.problems();
    Condition when = rule.when().get();
    boolean events = !rule.triggers().isEmpty();
    Optional<Condition> atEvents = events ? NeverTrue.at(rule.triggers(), when) : Optional.empty();
    Optional<Condition> atMoments = rule.atMoments() ? NeverTrue.atMoments(when) : Optional.empty();
    if (events && atEvents.isPresent() && (!rule.atMoments() || atMoments.isPresent())) {
      problems.add(atEvents.get().pointer(), "never true at the events that trigger this rule");
    } else if (!events && atMoments.isPresent()) {
      problems.add(
          atMoments.get().pointer(),
          "never true at the moment that this rule waits for, since nothing happens then: name a"
              + " trigger event, or leave it out");
    }
    for (ActionTemplate action : events ? List.<ActionTemplate>of() : rule.actions()) {
      boolean needsEvent = EffectTexts.of(action.effect()).stream().anyMatch(Text::needsEvent);
      if (needsEvent && !problems.at(action.pointer())) {
        problems.add(
            action.pointer(),
            "names the event, and there is none at the moment that this rule waits for"
                + (action.effect() instanceof Effect.Answer ? ": a question is expected" : ""));
      }
    }
  }

  private static void trigger(Node root, Rule rule) {
    Node trigger = root.at("trigger");
    if (trigger.wrong()) {
      return;
    }
    if (rule.atMoments() && !waits(root, rule.when())) {
      trigger.at("time").problem("there is no time_elapsed to wait for");
    } else if (!namesEvents(root) && !rule.atMoments()) {
      trigger.problem("nothing makes this rule be judged: name an event");
    }
  }

  /** They may not be known. */
  private static boolean namesEvents(Node root) {
    return !root.at("trigger").at("event").oneOrMore().isEmpty();
  }

  private static Rule.Mode mode(Node root) {
    String mode = root.text("mode");
    if (mode == null) {
      return Rule.Mode.ON;
    }
    return switch (mode) {
      case "off" -> Rule.Mode.OFF;
      case "observe" -> Rule.Mode.OBSERVE;
      default -> Rule.Mode.ON;
    };
  }
}
