package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.ExampleSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.Surroundings;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.ExampleParser;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.rules.trial.Example;
import io.voronka.rules.trial.Played;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules and the examples in files, to be looked at and tried out with no database at hand. */
public final class RuleBook {
  /** Whoever only looks at rules need not have the secrets of the accounts beside them. */
  private static final String NO_SECRET = "not needed to look at rules";

  private static final String ANY_ACCOUNT = "any";

  private final RuleParser parser = RuleParser.create();
  private final Manifest manifest;
  private final List<Entry> rules;
  private final List<Known> examples = new ArrayList<>();

  /** An example that is right, and where it stands. */
  private record Known(Example example, Document document) {}

  private RuleBook(Path fileOrFolder) throws IOException {
    this.manifest =
        new ManifestReader(new EngineRuleCheck(parser), reference -> Optional.of(NO_SECRET))
            .read(fileOrFolder);
    this.rules = entries();
    ExampleParser exampleParser = ExampleParser.create();
    for (ExampleSpec spec : manifest.examples()) {
      String account = account(spec.tenant());
      exampleParser
          .parse(spec.definition(), spec.tenant(), account, setting(spec.tenant(), account))
          .example()
          .ifPresent(example -> examples.add(new Known(example, spec.document())));
    }
    examples.forEach(this::checkNames);
  }

  /** Reads YAML and JSON documents: a file, or a folder of them. */
  public static RuleBook read(Path fileOrFolder) throws IOException {
    return new RuleBook(fileOrFolder);
  }

  /** All that is wrong, in the order of files and lines. */
  public List<Problem> problems() {
    return manifest.problems().stream().sorted().toList();
  }

  /**
   * @param place file and line
   */
  public record Entry(String tenant, Rule rule, String place) {}

  /** Those that are right. */
  public List<Entry> rules() {
    return List.copyOf(rules);
  }

  /** What is odd about rules that are in force together; one text each, may have several lines. */
  public List<String> warnings(Language language) {
    SetWarnings warnings = new SetWarnings(manifest, parser);
    return tenants().stream()
        .flatMap(tenant -> warnings.of(tenant, of(tenant), language).stream())
        .toList();
  }

  /** An example that was played. */
  public record Tried(Played played, Place place) {
    /** Where a part of the example's definition stands, with something to say about it. */
    public interface Place {
      Problem problem(String pointer, String message);
    }
  }

  /** Plays the examples that are right, each with the rules of its tenant. */
  public List<Tried> tryExamples() {
    return examples.stream()
        .map(
            known ->
                new Tried(
                    known.example().play(members(known.example().subject().tenantId())),
                    known.document()::problem))
        .toList();
  }

  private List<RuleVersion> members(String tenant) {
    return rules.stream()
        .filter(entry -> entry.tenant().equals(tenant))
        .map(entry -> new RuleVersion(entry.rule(), 1))
        .toList();
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (RuleSpec spec : manifest.rules().values()) {
      Problem place = manifest.problem("Rule", spec.key(), "", "");
      parser
          .parse(spec.definition())
          .rule()
          .map(rule -> new Entry(spec.tenant(), rule, place.file() + ":" + place.line()))
          .ifPresent(entries::add);
    }
    return entries;
  }

  /** Rules that an example speaks of have to be there, and in force. */
  private void checkNames(Known known) {
    Example example = known.example();
    String tenant = example.subject().tenantId();
    Set<String> there =
        of(tenant).stream().map(RuleSpec::id).collect(Collectors.toUnmodifiableSet());
    String unknown = "there is no rule %s of tenant " + tenant + " in these files";
    for (String rule : new TreeSet<>(example.rules())) {
      if (!there.contains(rule)) {
        problem(known, "/rules", unknown.formatted(rule));
      }
    }
    for (Example.Step step : example.steps()) {
      for (Example.Expected expected : step.expected().orElse(List.of())) {
        if (!there.contains(expected.ruleId())) {
          problem(known, expected.pointer(), unknown.formatted(expected.ruleId()));
        } else if (!example.concerns(expected.ruleId())) {
          problem(known, expected.pointer(), "the example is not about this rule");
        }
      }
    }
  }

  private void problem(Known known, String pointer, String message) {
    manifest.problems().add(known.document().problem(pointer, message));
  }

  private Set<String> tenants() {
    return new LinkedHashSet<>(manifest.rules().values().stream().map(RuleSpec::tenant).toList());
  }

  private List<RuleSpec> of(String tenant) {
    return manifest.rules().values().stream().filter(rule -> rule.tenant().equals(tenant)).toList();
  }

  /** The only one that the tenant's documents speak of. */
  private String account(String tenant) {
    Stream<String> described =
        manifest.accounts().values().stream()
            .filter(account -> account.tenant().equals(tenant))
            .map(AccountSpec::id);
    Stream<String> named =
        rules.stream()
            .filter(entry -> entry.tenant().equals(tenant))
            .flatMap(entry -> entry.rule().account().stream());
    List<String> accounts = Stream.concat(described, named).distinct().toList();
    return accounts.size() == 1 ? accounts.get(0) : ANY_ACCOUNT;
  }

  private AccountSetting setting(String tenant, String account) {
    TenantSpec known = manifest.tenants().get(tenant);
    AccountSpec at = manifest.accounts().get(tenant + '/' + account);
    String user = at == null ? null : at.integrationUserId().map(Object::toString).orElse(null);
    ZoneId zone = known == null ? ZoneOffset.UTC : ZoneId.of(known.timeZone());
    Surroundings.Tenant named =
        known == null
            ? Surroundings.UNKNOWN.tenant()
            : new Surroundings.Tenant(known.name(), zone, Locale.forLanguageTag(known.locale()));
    Map<String, String> agents =
        manifest.agents().values().stream()
            .filter(agent -> agent.tenant().equals(tenant))
            .collect(Collectors.toMap(AgentSpec::id, AgentSpec::name));
    // People, pipelines and stages are known to the CRM alone.
    return new AccountSetting(
        zone,
        user,
        new Surroundings(named, at == null ? null : at.subdomain(), agents, Map.of(), Map.of()));
  }
}
