package io.voronka.sequences.simulation;

import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.schemas.CrmEvent;
import io.voronka.sequences.domain.SequenceSet;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Sequences over many leads. */
public final class Simulation {
  private final SequenceSet sequences;
  private final Duration length;
  private final Effects effects;
  private final Map<String, Integer> counts = new TreeMap<>();

  /**
   * @param length of each lead's time
   */
  public Simulation(SequenceSet sequences, Duration length, Effects effects) {
    this.sequences = sequences;
    this.length = length;
    this.effects = effects;
  }

  /** Goes through the lead's time, and keeps the count of it. */
  public Timeline run(SimulatedLead lead) {
    SequenceSet typed =
        lead.catalogue().isEmpty()
            ? sequences
            : sequences.typed(new Typing(lead.catalogue(), lead.setting().zone()));
    LeadRun run =
        new LeadRun(typed, lead.subject(), lead.before(), lead.start(), lead.setting(), effects);
    long end = lead.start() + length.toMillis();
    for (CrmEvent event : lead.events()) {
      if (event.getReceivedAt() <= end) {
        run.event(event);
      }
    }
    run.until(end);
    Timeline timeline = new Timeline(lead.name(), lead.setting().zone(), run.progress());
    timeline.count(counts);
    return timeline;
  }

  /**
   * How often what happened, over all leads so far: {@code welcome entered}, {@code welcome exited
   * goal}, {@code welcome requested hello}.
   */
  public Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }
}
