package io.voronka.sequences.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.rules.parsing.ActionReading;
import io.voronka.rules.parsing.DefinitionJson;
import io.voronka.rules.parsing.DefinitionSchema;
import io.voronka.rules.parsing.Durations;
import io.voronka.rules.parsing.FieldReading;
import io.voronka.rules.parsing.Node;
import io.voronka.rules.parsing.Problems;
import io.voronka.sequences.domain.ExitReason;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.Sequence.Again;
import io.voronka.sequences.domain.Sequence.Entry;
import io.voronka.sequences.domain.Sequence.Exit;
import io.voronka.sequences.domain.Sequence.Running;
import io.voronka.sequences.domain.Sequence.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Definitions to sequences. Immutable; safe for any number of threads. */
public final class SequenceParser {
  private final DefinitionSchema schema;

  private SequenceParser(DefinitionSchema schema) {
    this.schema = schema;
  }

  /** Loads the schema, which takes a while: make one and keep it. */
  public static SequenceParser create() {
    return new SequenceParser(DefinitionSchema.load("sequence.schema.json"));
  }

  /** A definition as JSON text. */
  public ParsedSequence parse(String json) {
    Problems problems = new Problems();
    return DefinitionJson.read(json, problems)
        .map(this::parse)
        .orElseGet(() -> new ParsedSequence(Optional.empty(), problems.all()));
  }

  /** A definition that is read already, from YAML for instance. */
  public ParsedSequence parse(JsonNode definition) {
    Problems problems = new Problems();
    schema.check(definition, problems);
    Node root = new Node(definition, "", problems);
    Sequence sequence = sequence(root);
    return problems.none()
        ? new ParsedSequence(Optional.of(sequence), List.of())
        : new ParsedSequence(Optional.empty(), problems.all());
  }

  private static Sequence sequence(Node root) {
    String id = root.text("id");
    StepReading steps = new StepReading(root.at("agent").text().isPresent());
    String first = steps.readAll(root.at("steps"));
    return new Sequence(
        id == null ? "" : id,
        root.at("name").text().orElse(id),
        state(root),
        root.at("account").text(),
        root.at("agent").text(),
        root.has("time_zone") ? FieldReading.field(root.at("time_zone")) : null,
        running(root),
        root.has("entry") ? Optional.of(entry(root.at("entry"))) : Optional.empty(),
        exits(root.at("exits")),
        root.at("stay_when_closed").json().asBoolean(false),
        first,
        steps.steps());
  }

  private static Entry entry(Node node) {
    String again = node.at("again").text().orElse("never");
    boolean after = !again.equals("never") && !again.equals("always");
    return new Entry(
        WatchReading.read(node, true),
        after ? Again.AFTER : again.equals("always") ? Again.ALWAYS : Again.NEVER,
        after ? Durations.millis(node.at("again"), Duration.ZERO) : 0,
        node.has("key") ? ActionReading.text(node.at("key")) : null);
  }

  private static List<Exit> exits(Node node) {
    List<Exit> exits = new ArrayList<>();
    for (Node exit : node.items()) {
      ExitReason reason =
          switch (exit.at("as").text().orElse("exit")) {
            case "goal" -> ExitReason.GOAL;
            case "opt_out" -> ExitReason.OPT_OUT;
            default -> ExitReason.EXIT;
          };
      exits.add(new Exit(reason, WatchReading.read(exit, false)));
    }
    return exits;
  }

  private static State state(Node root) {
    return switch (root.at("state").text().orElse("on")) {
      case "closed" -> State.CLOSED;
      case "stopped" -> State.STOPPED;
      default -> State.ON;
    };
  }

  private static Running running(Node root) {
    return switch (root.at("running").text().orElse("finish")) {
      case "move" -> Running.MOVE;
      case "restart" -> Running.RESTART;
      default -> Running.FINISH;
    };
  }
}
