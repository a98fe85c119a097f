package io.voronka.rules.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.management.OperatingSystemMXBean;
import io.voronka.rules.domain.IndexedMatching;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.CrmEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Events a second through our matching, Drools and Esper, in turns in one thread of one run, on the
 * same rules and events. Counted in the processor time of the whole process, so that garbage
 * collection counts and what else runs on the machine does not.
 *
 * <p>Before anything is measured every engine has to find the same rules for every event.
 *
 * <p>Arguments, all optional: {@code --rounds N} (7), {@code --millis N} of one turn (1000), {@code
 * --json FILE} for the figures as data; {@code --rules FILE} with one definition a line and {@code
 * --events FILE} with one encoded event a line in base64, or else {@code --size N} (1000) for so
 * many rules of {@link RuleMix} of which each event meets five; {@code --fire-every N} (0) says how
 * often one of them fires, 0 for nearly all of them each time.
 */
public final class EngineComparison {
  private static final int EVENTS = 4_000;

  /**
   * So few are measured that they stay in the processor's cache, as an event does that has just
   * been decoded.
   */
  private static final int HOT = 200;

  /**
   * How often they are gone through between two looks at the clock. Each is a call of the system,
   * after which the processor has forgotten how branches went: after one pass only, it took a tenth
   * of the fastest engine's time.
   */
  private static final int PASSES = 25;

  private final List<Rule> rules;
  private final List<CrmEvent> events;
  private long matched;

  EngineComparison(List<String> definitions, List<CrmEvent> events) {
    RuleParser parser = RuleParser.create();
    this.rules = definitions.stream().map(definition -> rule(parser.parse(definition))).toList();
    this.events = List.copyOf(events);
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    int rounds = Integer.parseInt(options.getOrDefault("--rounds", "7"));
    long millis = Long.parseLong(options.getOrDefault("--millis", "1000"));
    String json = comparison(options).run(rounds, millis);
    if (options.containsKey("--json")) {
      Files.writeString(Path.of(options.get("--json")), json);
    } else {
      System.out.println(json);
    }
  }

  private static EngineComparison comparison(Map<String, String> options) throws IOException {
    if (!options.containsKey("--rules")) {
      int size = Integer.parseInt(options.getOrDefault("--size", "1000"));
      int fireEvery = Integer.parseInt(options.getOrDefault("--fire-every", "0"));
      RuleMix mix = new RuleMix(size, 5, fireEvery);
      return new EngineComparison(mix.definitions(), mix.events(EVENTS));
    }
    List<CrmEvent> events = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(options.get("--events")))) {
      events.add(CrmEvent.fromByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(line))));
    }
    return new EngineComparison(Files.readAllLines(Path.of(options.get("--rules"))), events);
  }

  /**
   * Matching alone, the whole decision, and the others: with the lead as a bean that is made of
   * what is known of it, as it would have to be for each event, and with beans that were made
   * before the clock runs.
   */
  List<MatchingEngine> engines() {
    List<SubjectState> leads =
        events.stream()
            .map(event -> SubjectView.of(SubjectState.EMPTY, event, event.getReceivedAt()).after())
            .toList();
    List<LeadFact> ready = leads.stream().map(LeadFact::of).toList();
    return List.of(
        new IndexedMatching(rules, events),
        new WholeDecision(rules, events),
        new DroolsEngine("drools", rules, event -> LeadFact.of(leads.get(event))),
        new EsperEngine("esper", rules, event -> LeadFact.of(leads.get(event))),
        new DroolsEngine("drools-ready", rules, ready::get),
        new EsperEngine("esper-ready", rules, ready::get));
  }

  /**
   * How many matches there are in all.
   *
   * @throws IllegalStateException when two engines do not find the same rules for an event
   */
  long check(List<MatchingEngine> engines) {
    long all = 0;
    Matches found = new Matches();
    for (int event = 0; event < events.size(); event++) {
      int[] first = null;
      for (MatchingEngine engine : engines) {
        found.clear();
        engine.match(event, found);
        int[] rulesFound = found.sorted();
        if (first == null) {
          first = rulesFound;
          all += first.length;
        } else if (!Arrays.equals(first, rulesFound)) {
          throw new IllegalStateException(
              "event %d satisfies rules %s by %s, but %s by %s"
                  .formatted(
                      event,
                      Arrays.toString(first),
                      engines.get(0).name(),
                      Arrays.toString(rulesFound),
                      engine.name()));
        }
      }
    }
    return all;
  }

  private String run(int rounds, long millis) {
    List<MatchingEngine> engines = engines();
    System.out.printf(
        Locale.ROOT,
        "%d rules, %d events, the same %d matches by all engines%n",
        rules.size(),
        events.size(),
        check(engines));
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (MatchingEngine engine : engines) {
      rates.put(engine.name(), new ArrayList<>());
      rate(engine, 3 * millis);
    }
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < engines.size(); turn++) {
        MatchingEngine engine = engines.get((turn + round) % engines.size());
        rates.get(engine.name()).add(rate(engine, millis));
      }
    }
    engines.forEach(MatchingEngine::close);
    System.out.println("matches found while measuring: " + matched);
    return report(rates, rounds);
  }

  /** Events a second of processor time, over at least so many milliseconds of it. */
  private double rate(MatchingEngine engine, long millis) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Matches found = new Matches();
    int hot = Math.min(HOT, events.size());
    long judged = 0;
    long from = process.getProcessCpuTime();
    long used = 0;
    while (used < millis * 1_000_000) {
      for (int pass = 0; pass < PASSES; pass++) {
        pass(engine, hot, found);
      }
      judged += PASSES * hot;
      used = process.getProcessCpuTime() - from;
    }
    return judged * 1e9 / used;
  }

  private void pass(MatchingEngine engine, int events, Matches found) {
    for (int event = 0; event < events; event++) {
      found.clear();
      engine.match(event, found);
      matched += found.size();
    }
  }

  private static String report(Map<String, List<Double>> rates, int rounds) {
    ObjectMapper json = new ObjectMapper();
    ArrayNode list = json.createArrayNode();
    for (String ours : List.of("match", "decide")) {
      for (String theirs : List.of("drools", "esper", "drools-ready", "esper-ready")) {
        double value = median(rates.get(ours));
        double baseline = median(rates.get(theirs));
        System.out.printf(
            Locale.ROOT,
            "%-7s %,10.0f events/s, %-12s %,10.0f: ratio %.2f%n",
            ours,
            value,
            theirs,
            baseline,
            value / baseline);
        list.addObject()
            .put("name", ours)
            .put("unit", "events/s")
            .put("value", Math.rint(value))
            .put("baseline", Math.rint(baseline))
            .put("baseline_name", theirs)
            .put("ratio", Math.rint(value / baseline * 1000) / 1000)
            .put("rounds", rounds);
      }
    }
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("numbers can be written", e);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static Rule rule(Parsed parsed) {
    return parsed
        .rule()
        .orElseThrow(() -> new IllegalArgumentException(parsed.problems().toString()));
  }
}
