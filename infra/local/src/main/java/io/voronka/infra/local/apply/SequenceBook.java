package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.ExampleSpec;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.rules.parsing.ExampleParser;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.parsing.SequenceParser;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.SimulatedLead;
import io.voronka.sequences.simulation.Simulation;
import io.voronka.sequences.simulation.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sequences and the examples in files, to be tried out with no database at hand. */
public final class SequenceBook {
  private static final String NO_SECRET = "not needed to look at sequences";
  private static final String ANY_ACCOUNT = "any";

  private final Manifest sequences;
  private final Manifest examples;

  private SequenceBook(Manifest sequences, Manifest examples) {
    this.sequences = sequences;
    this.examples = examples;
  }

  static SequenceBook of(Manifest manifest) {
    return new SequenceBook(manifest, manifest);
  }

  /**
   * Reads YAML and JSON documents, a file or a folder each.
   *
   * @param examples may be the same as the sequences
   */
  public static SequenceBook read(Path sequences, Path examples) throws IOException {
    ManifestReader reader =
        new ManifestReader(
            new EngineRuleCheck(RuleParser.create()), reference -> Optional.of(NO_SECRET));
    Manifest first = reader.read(sequences);
    return new SequenceBook(first, examples.equals(sequences) ? first : reader.read(examples));
  }

  /** All that is wrong, in the order of files and lines. */
  public List<Problem> problems() {
    return Stream.of(sequences, examples)
        .distinct()
        .flatMap(manifest -> manifest.problems().stream())
        .sorted()
        .toList();
  }

  /**
   * A sequence in the files.
   *
   * @param place file and line
   */
  public record Entry(String place, String tenant, Sequence sequence, ObjectNode definition) {

    /**
     * True when it would be published as a new version.
     *
     * @param published the definition of the newest one, JSON; empty: there is none
     */
    public boolean changes(Optional<String> published) throws JsonProcessingException {
      ObjectMapper json = Applier.mapper();
      return published.isEmpty()
          || !Differences.between(json, json.readTree(published.get()), definition).isEmpty();
    }
  }

  /** The sequences that are right, in the order of the files. */
  public List<Entry> sequences() {
    SequenceParser parser = SequenceParser.create();
    List<Entry> entries = new ArrayList<>();
    for (SequenceSpec spec : sequences.sequences().values()) {
      Problem place = sequences.problem("Sequence", spec.key(), "", "");
      parser
          .parse(spec.definition())
          .sequence()
          .map(
              sequence ->
                  new Entry(
                      place.file() + ":" + place.line(),
                      spec.tenant(),
                      sequence,
                      spec.definition()))
          .ifPresent(entries::add);
    }
    return entries;
  }

  /**
   * What became of the leads.
   *
   * @param counts how often what happened, over all leads
   */
  public record Simulated(List<Timeline> timelines, Map<String, Integer> counts) {}

  /** Goes through the leads of the examples, each with the sequences of its tenant. */
  public Simulated simulate(Duration length) {
    ExampleParser parser = ExampleParser.create();
    List<Timeline> timelines = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Simulation> simulations = new TreeMap<>();
    for (ExampleSpec spec : examples.examples()) {
      Simulation simulation =
          simulations.computeIfAbsent(
              spec.tenant(), tenant -> new Simulation(of(tenant), length, Effects.confirmed()));
      parser
          .parse(spec.definition(), spec.tenant(), ANY_ACCOUNT, setting(spec.tenant()))
          .example()
          .map(SimulatedLead::of)
          .ifPresent(lead -> timelines.add(simulation.run(lead)));
    }
    simulations
        .values()
        .forEach(one -> one.counts().forEach((what, n) -> counts.merge(what, n, Integer::sum)));
    return new Simulated(timelines, counts);
  }

  private SequenceSet of(String tenant) {
    SequenceParser parser = SequenceParser.create();
    List<SequenceVersion> versions = new ArrayList<>();
    for (SequenceSpec spec : sequences.sequences().values()) {
      if (spec.tenant().equals(tenant)) {
        parser
            .parse(spec.definition())
            .sequence()
            .ifPresent(sequence -> versions.add(new SequenceVersion(sequence, 1, 0)));
      }
    }
    return SequenceSet.of(versions);
  }

  private AccountSetting setting(String tenant) {
    TenantSpec known = sequences.tenants().get(tenant);
    if (known == null) {
      return AccountSetting.UNKNOWN;
    }
    ZoneId zone = ZoneId.of(known.timeZone());
    Surroundings.Tenant named =
        new Surroundings.Tenant(known.name(), zone, Locale.forLanguageTag(known.locale()));
    return new AccountSetting(
        zone, null, new Surroundings(named, null, Map.of(), Map.of(), Map.of()));
  }
}
