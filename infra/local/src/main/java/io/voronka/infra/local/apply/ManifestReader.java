package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.ExampleSpec;
import io.voronka.infra.local.apply.Manifest.MailSenderSpec;
import io.voronka.infra.local.apply.Manifest.OptOutSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.ScriptSpec;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.parsing.ExampleParser;
import io.voronka.schemas.WebhookToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Documents to a manifest: every document is read to its end, and all problems are told at once.
 */
public final class ManifestReader {
  static final Pattern NAME = Pattern.compile("(?s)(?=.*\\S).{1,200}");
  static final Pattern REFERENCE =
      Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:/[^\\p{Cntrl}]+");

  /** A key of which a part could not be read. */
  private static final Pattern NAMELESS = Pattern.compile("^$|^/|//|/$");

  private final SequenceReading sequences = new SequenceReading();
  private final RuleCheck rules;
  private final Function<String, Optional<String>> secrets;

  /**
   * @param secrets resolves {@code env:NAME} and {@code file:/path}; empty when there is no such
   *     secret
   */
  ManifestReader(RuleCheck rules, Function<String, Optional<String>> secrets) {
    this.rules = rules;
    this.secrets = secrets;
  }

  /** What could be read, and everything that is wrong with it. */
  Manifest read(Path fileOrFolder) throws IOException {
    DocumentReader documents = new DocumentReader();
    List<Document> read = documents.read(fileOrFolder);
    Reading reading = new Reading(documents.broken(), documents.problems());
    read.forEach(reading::take);
    return reading.manifest;
  }

  private final class Reading {
    final List<Problem> problems;
    final Manifest manifest;

    /** Places of which nothing else is said: what stands there could not be taken as it is. */
    private final Set<String> told;

    private ExampleParser examples;

    /** How many problems there were before the present document. */
    private int before;

    Reading(BrokenDocuments broken, List<Problem> problems) {
      this.problems = problems;
      this.told = problems.stream().map(Reading::place).collect(Collectors.toSet());
      this.manifest =
          new Manifest(
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new ArrayList<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              broken,
              problems);
    }

    void take(Document document) {
      before = problems.size();
      dispatch(document);
      problems.subList(before, problems.size()).removeIf(p -> told.contains(place(p)));
    }

    private void dispatch(Document document) {
      String kind = document.body().path("kind").asText("");
      FieldReader fields = new FieldReader(document, problems);
      switch (kind) {
        case "Tenant" -> {
          TenantSpec tenant = TenantReading.tenant(fields);
          put(document, manifest.tenants(), tenant.id(), tenant);
        }
        case "Account" -> {
          AccountSpec account = account(fields);
          put(document, manifest.accounts(), account.key(), account);
        }
        case "Agent" -> {
          AgentSpec agent = TenantReading.agent(fields);
          put(document, manifest.agents(), agent.key(), agent);
        }
        case "Rule" -> {
          RuleSpec rule = rule(document, fields);
          put(document, manifest.rules(), rule.key(), rule);
        }
        case "Example" -> manifest.examples().add(example(document, fields));
        case "SigningKey" -> {
          SigningKeySpec key = OutboundReading.signingKey(fields);
          put(document, manifest.signingKeys(), key.key(), key);
        }
        case "MailSender" -> {
          MailSenderSpec sender = OutboundReading.mailSender(fields);
          put(document, manifest.mailSenders(), sender.key(), sender);
        }
        case "Script" -> {
          ScriptSpec script = ScriptReading.script(fields);
          put(document, manifest.scripts(), script.key(), script);
        }
        case "OptOut" -> {
          OptOutSpec optOut = OptOutReading.optOut(fields);
          put(document, manifest.optOuts(), optOut.key(), optOut);
        }
        case "Sequence" -> {
          List<Problem> found = new ArrayList<>();
          SequenceSpec sequence = sequences.sequence(document, fields, found::add);
          addAll(found);
          put(document, manifest.sequences(), sequence.key(), sequence);
        }
        default -> {
          manifest.broken().unreadable();
          problems.add(
              document.problem(
                  "/kind",
                  "must be one of Tenant, Account, Agent, Rule, Example, SigningKey, MailSender, Script, OptOut, Sequence"));
        }
      }
    }

    private <T> void put(Document document, Map<String, T> into, String key, T value) {
      String kind = document.body().path("kind").asText();
      manifest.origins().put(kind + " " + key, document);
      if (NAMELESS.matcher(key).find()) {
        // That is told already; who refers to it, or what else has no name, is another matter.
        manifest.broken().some(kind);
        into.put(key, value);
      } else if (into.put(key, value) != null) {
        problems.add(document.problem("/id", key + " is described twice"));
      }
    }

    private AccountSpec account(FieldReader fields) {
      String subdomain =
          fields.text(
              "subdomain",
              Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"),
              "must be the account's subdomain in lower case");
      int own = fields.number("requestsPerSecond", 1, 1000, 7);
      int ceiling = fields.number("accountRequestsPerSecond", 1, 1000, Math.max(50, own));
      if (own > ceiling) {
        fields.problem(
            "requestsPerSecond", "must not be above accountRequestsPerSecond " + ceiling);
      }
      AccountSpec account =
          new AccountSpec(
              fields.slug("tenant"),
              fields.slug("id"),
              fields.optionalText("crm", Pattern.compile("kommo"), "must be kommo").orElse("kommo"),
              subdomain,
              vendorId(fields),
              tokenHash(fields),
              fields
                  .optionalText(
                      "apiBaseUrl",
                      Pattern.compile(
                          "https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?"),
                      "must be scheme, host and path without a slash at the end")
                  .orElse("https://" + subdomain + ".kommo.com"),
              fields
                  .optionalText(
                      "token",
                      Pattern.compile("store|" + REFERENCE.pattern()),
                      "must be store, env:NAME or file:/path, never the token itself")
                  .orElse("store"),
              fields
                  .optionalText(
                      "integrationUserId", Pattern.compile("[1-9][0-9]{0,17}"), "must be a user id")
                  .map(Long::valueOf),
              own,
              ceiling,
              fields.flag("active", true),
              fields.optionalFlag("effectsPaused"),
              OutboundReading.chat(fields),
              OutboundReading.messageBot(fields));
      fields.rejectUnknown();
      return account;
    }

    private long vendorId(FieldReader fields) {
      String id =
          fields.text(
              "vendorAccountId",
              Pattern.compile("[1-9][0-9]{0,17}"),
              "must be the account's number in the CRM");
      return id.isEmpty() ? 0 : Long.parseLong(id);
    }

    private String tokenHash(FieldReader fields) {
      Optional<String> hash =
          fields.optionalText(
              "webhookTokenSha256",
              Pattern.compile("[0-9a-f]{64}"),
              "must be 64 lower-case hex digits");
      Optional<String> reference =
          fields.optionalText(
              "webhookToken", REFERENCE, "must be env:NAME or file:/path, never the token itself");
      if (fields.has("webhookToken") == fields.has("webhookTokenSha256")) {
        fields.problem("webhookToken", "give either webhookToken or webhookTokenSha256");
        return "";
      }
      if (reference.isEmpty()) {
        return hash.orElse("");
      }
      Optional<String> token = secrets.apply(reference.get()).map(String::strip);
      if (token.isEmpty() || token.get().length() < 16) {
        fields.problem(
            "webhookToken",
            reference.get()
                + " is "
                + (token.isEmpty() ? "not there" : "shorter than 16 characters"));
        return "";
      }
      return WebhookToken.sha256(token.get());
    }

    private RuleSpec rule(Document document, FieldReader fields) {
      String tenant = fields.slug("tenant");
      String id = fields.slug("id");
      String name = fields.text("name", NAME, "must be 1-200 characters");
      ObjectNode definition = document.body().deepCopy();
      definition.remove(List.of("kind", "tenant"));
      FieldReader.spellOnAndOff(definition, "mode");
      addAll(
          rules.check(definition).stream()
              .map(finding -> document.problem(finding.pointer(), finding.message()))
              .toList());
      return new RuleSpec(tenant, id, name, definition);
    }

    private ExampleSpec example(Document document, FieldReader fields) {
      String tenant = fields.slug("tenant");
      ObjectNode definition = document.body().deepCopy();
      definition.remove(List.of("kind", "tenant"));
      examples = examples == null ? ExampleParser.create() : examples;
      addAll(
          examples.parse(definition, tenant, "any", AccountSetting.UNKNOWN).problems().stream()
              .map(found -> document.problem(found.pointer(), found.message()))
              .toList());
      return new ExampleSpec(tenant, definition, document);
    }

    /** All that a check found, but nothing of a place of which we spoke ourselves. */
    private void addAll(List<Problem> found) {
      Set<String> spoken =
          problems.stream().skip(before).map(Reading::place).collect(Collectors.toSet());
      found.stream()
          .filter(problem -> !spoken.contains(place(problem)))
          .distinct()
          .forEach(problems::add);
    }

    private static String place(Problem problem) {
      return problem.file() + " " + problem.line() + " " + problem.path();
    }
  }
}
