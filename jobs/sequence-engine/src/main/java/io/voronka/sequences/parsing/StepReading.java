package io.voronka.sequences.parsing;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.parsing.ActionReading;
import io.voronka.rules.parsing.Node;
import io.voronka.sequences.domain.delay.Delay;
import io.voronka.sequences.domain.step.Step;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the steps. Nested lists are laid out flat: the last step of each leads to what stands
 * behind the step that it is nested in.
 */
final class StepReading {
  private static final int DEEPEST = 10;
  private static final int MOST = 200;

  private static final List<String> PLAIN_EFFECTS =
      List.of("send_message", "create_task", "send_email", "webhook", "ai_response");
  private static final List<String> KOMMO_EFFECTS =
      ActionReading.KINDS.stream()
          .filter(kind -> !List.of("send_email", "webhook", "ai_response").contains(kind))
          .toList();
  private static final List<String> KINDS =
      List.of(
          "send_message",
          "create_task",
          "send_email",
          "webhook",
          "ai_response",
          "kommo_action",
          "wait",
          "wait_for",
          "branch",
          "split",
          "go_to");

  private final boolean agent;
  private final Map<String, Node> places = new LinkedHashMap<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final List<Node> jumps = new ArrayList<>();

  /**
   * @param agent the sequence belongs to an agent
   */
  StepReading(boolean agent) {
    this.agent = agent;
  }

  /** The first step's id; null when there is none. */
  String readAll(Node list) {
    String first = read(list, null, 0);
    for (Node jump : jumps) {
      String target = jump.text().orElse("");
      if (!target.equals(Step.END) && !places.containsKey(target)) {
        jump.problem("no step has the id " + target);
      }
    }
    if (places.size() > MOST) {
      list.problem("a sequence has at most " + MOST + " steps");
    }
    Set<String> reached = reached(first);
    places.forEach(
        (id, place) -> {
          if (steps.containsKey(id) && !reached.contains(id)) {
            place.problem("no way leads to this step");
          }
        });
    return first;
  }

  /** All steps that could be read, in the order of the definition. */
  Map<String, Step> steps() {
    Map<String, Step> ordered = new LinkedHashMap<>();
    places.keySet().stream()
        .filter(steps::containsKey)
        .forEach(id -> ordered.put(id, steps.get(id)));
    return ordered;
  }

  /**
   * @param after what stands behind the list; null: the end
   * @return id of the list's first step
   */
  private String read(Node list, String after, int depth) {
    if (depth > DEEPEST) {
      list.problem("steps nest at most " + DEEPEST + " deep");
      return after;
    }
    List<Node> items = list.items();
    String first = after;
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      String id = item.text("id");
      String next = i + 1 < items.size() ? items.get(i + 1).text("id") : after;
      first = i == 0 ? id : first;
      if (id != null) {
        place(id, item);
      }
      step(item, id, next, depth).ifPresent(step -> steps.put(step.id(), step));
    }
    return first;
  }

  private void place(String id, Node item) {
    if (id.equals(Step.END)) {
      item.at("id").problem("end is where a sequence ends");
    } else if (places.putIfAbsent(id, item) != null) {
      item.at("id").problem("another step of this sequence has the id " + id);
    }
  }

  /** Empty when something is wrong with it. */
  private Optional<Step> step(Node node, String id, String next, int depth) {
    List<String> named = KINDS.stream().filter(node::has).toList();
    if (named.size() != 1) {
      node.problem("exactly one of " + String.join(", ", KINDS) + " is expected");
      return Optional.empty();
    }
    String kind = named.get(0);
    Node body = node.at(kind);
    if (PLAIN_EFFECTS.contains(kind) || kind.equals("kommo_action")) {
      return act(node, kind, id, next, depth);
    }
    for (String name : List.of("required", "on_failure", "urgency", "not_after")) {
      if (node.has(name)) {
        node.at(name).problem("belongs to a step with an action");
      }
    }
    String place = node.pointer();
    Step step =
        switch (kind) {
          case "wait" -> new Step.Wait(id, place, next, delay(body), missed(body, next, depth));
          case "wait_for" -> waitFor(body, id, place, next, depth);
          case "branch" -> branch(body, id, place, next, depth);
          case "split" -> new Step.Split(id, place, next, parts(body, next, depth));
          default -> goTo(body, id, place, next);
        };
    return id == null ? Optional.empty() : Optional.of(step);
  }

  private Optional<Step> act(Node node, String kind, String id, String next, int depth) {
    boolean kommo = kind.equals("kommo_action");
    Optional<ActionTemplate> action =
        ActionReading.template(
            node, kommo ? node.at(kind) : node, kommo ? KOMMO_EFFECTS : PLAIN_EFFECTS, id);
    boolean required = node.at("required").json().asBoolean(false);
    if (node.has("on_failure") && !required) {
      node.at("on_failure").problem("only what is required: true can fail");
    }
    if (kind.equals("ai_response")) {
      if (!node.at(kind).has("question")) {
        node.at(kind).problem("question is expected: a step answers no message of its own");
      }
      if (!agent) {
        node.at(kind).problem("the sequence belongs to no agent that could answer");
      }
    }
    String onFailure = node.has("on_failure") ? read(node.at("on_failure"), next, depth + 1) : null;
    return action.map(
        template -> new Step.Act(id, node.pointer(), next, template, required, onFailure));
  }

  private static Delay delay(Node body) {
    return DelayReading.read(body);
  }

  /** Null when there is no way of its own. */
  private String missed(Node body, String next, int depth) {
    if (body.has("missed") && !body.has("until")) {
      body.at("missed").problem("only a date can be missed");
    }
    return body.has("missed") ? read(body.at("missed"), next, depth + 1) : null;
  }

  private Step waitFor(Node body, String id, String place, String next, int depth) {
    return new Step.WaitFor(
        id,
        place,
        next,
        WatchReading.read(body, false),
        delay(body.at("timeout")),
        read(body.at("then"), next, depth + 1),
        read(body.at("on_timeout"), next, depth + 1));
  }

  private Step branch(Node body, String id, String place, String next, int depth) {
    Condition when = WatchReading.when(body);
    return new Step.Branch(
        id,
        place,
        next,
        when,
        read(body.at("then"), next, depth + 1),
        read(body.at("otherwise"), next, depth + 1));
  }

  private List<Step.Split.Part> parts(Node body, String next, int depth) {
    List<Step.Split.Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    BigDecimal hundred = BigDecimal.valueOf(Step.Split.WHOLE / 100);
    BigDecimal upTo = BigDecimal.ZERO;
    for (Node part : body.items()) {
      String name = part.at("name").text().orElse("");
      if (!names.add(name)) {
        part.at("name").problem("another part has the name " + name);
      }
      if (part.at("percent").json().isNumber()) {
        upTo = upTo.add(part.at("percent").json().decimalValue().multiply(hundred));
      }
      if (upTo.stripTrailingZeros().scale() > 0) {
        part.at("percent").problem("at most two digits behind the point are expected");
      }
      String first = read(part.at("steps"), next, depth + 1);
      parts.add(new Step.Split.Part(name, upTo.intValue(), first));
    }
    if (upTo.compareTo(BigDecimal.valueOf(Step.Split.WHOLE)) != 0) {
      body.problem("the parts make 100 per cent together, not " + upTo.movePointLeft(2));
    }
    return parts;
  }

  private Step goTo(Node body, String id, String place, String next) {
    jumps.add(body);
    String target = body.text().orElse(Step.END);
    return new Step.GoTo(id, place, next, target.equals(Step.END) ? null : target);
  }

  private Set<String> reached(String first) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    if (first != null) {
      open.add(first);
    }
    while (!open.isEmpty()) {
      String id = open.remove();
      Step step = steps.get(id);
      if (reached.add(id) && step != null) {
        step.ways().forEach(open::add);
      }
    }
    return reached;
  }
}
