package io.voronka.infra.local.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.WebhookToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestReaderTest {
  private static final Map<String, String> SECRETS = Map.of("env:HOOK", "0123456789abcdef0123");

  @TempDir private Path folder;

  private final ManifestReader reader =
      new ManifestReader(
          definition ->
              definition.has("actions")
                  ? List.of()
                  : List.of(new RuleCheck.Finding("/actions", "is required")),
          reference -> Optional.ofNullable(SECRETS.get(reference)));

  @Test
  void documentsOfEveryKindAreReadFromYamlAndJsonAlike() throws IOException {
    write(
        "a.yaml",
        """
        kind: Tenant
        id: acme
        name: Acme GmbH
        timeZone: Europe/Moscow
        locale: ru
        ---
        kind: Account
        tenant: acme
        id: main
        subdomain: acme
        vendorAccountId: 31337001
        webhookToken: env:HOOK
        ---
        kind: Agent
        tenant: acme
        id: anna
        account: main
        name: Anna
        """);
    write(
        "b.json",
        """
        {"kind": "Rule", "tenant": "acme", "id": "hot", "name": "Hot lead", "actions": [{"key": "a"}]}
        """);

    Manifest manifest = reader.read(folder).orThrow();

    assertThat(manifest.tenants().get("acme").timeZone()).isEqualTo("Europe/Moscow");
    AccountSpec account = manifest.accounts().get("acme/main");
    assertThat(account.webhookTokenSha256())
        .isEqualTo(WebhookToken.sha256("0123456789abcdef0123"))
        .hasSize(64);
    assertThat(account.apiBaseUrl()).isEqualTo("https://acme.kommo.com");
    assertThat(account.tokenReference()).isEqualTo("store");
    assertThat(account.requestsPerSecond()).isEqualTo(7);
    assertThat(manifest.agents().get("acme/anna").account()).isEqualTo("main");
    assertThat(manifest.rules().get("acme/hot").definition().has("tenant")).isFalse();
    assertThat(manifest.rules().get("acme/hot").definition().path("id").asText()).isEqualTo("hot");
  }

  @Test
  void examplesAreReadBesideTheRulesTheyAreAbout() throws IOException {
    write(
        "a.yaml",
        """
        kind: Example
        tenant: acme
        name: Nothing happens
        steps: [{wait: 1d, expect: {}}]
        ---
        kind: Example
        tenant: acme
        steps: [{wait: 1d, until: tomorrow}]
        """);

    Manifest manifest = reader.read(folder);

    assertThat(manifest.examples()).hasSize(2);
    assertThat(manifest.problems())
        .extracting(problem -> problem.line() + " " + problem.path())
        .containsExactlyInAnyOrder("6 ", "8 /steps/0/until");
  }

  @Test
  void aSigningKeyNamesItsSecretsAndHoldsNone() throws IOException {
    write(
        "key.yaml",
        """
        kind: SigningKey
        tenant: acme
        id: partner
        secrets: [env:A, whsec_the-secret-itself, env:A]
        """);

    assertThat(reader.read(folder).problems())
        .extracting(Problem::path, Problem::message)
        .containsExactly(
            tuple("/secrets/1", "must be env:NAME or file:/path, never the secret itself"),
            tuple("/secrets/2", "is given twice"));
  }

  @Test
  void aMailSenderSaysNoPasswordInTheClear() throws IOException {
    write(
        "mail.yaml",
        """
        kind: MailSender
        tenant: acme
        id: sales
        host: smtp.acme.test
        security: none
        user: sales
        password: env:MAIL
        from: Sales <sales@acme.test>
        unsubscribeUrl: http://acme.test/u
        """);

    assertThat(reader.read(folder).problems())
        .extracting(Problem::path, Problem::message)
        .containsExactlyInAnyOrder(
            tuple("/from", "must be a mail address"),
            tuple(
                "/unsubscribeUrl",
                "must be an https address; {token}, {action} and {recipient} are filled in"),
            tuple("/security", "a password is not said in the clear"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ru", "en"})
  void theStarterScriptsAreValidAndAnswerObjections(String locale) throws IOException {
    write("scripts.yaml", StarterScripts.of("acme", "anna", locale));

    Manifest manifest = reader.read(folder).orThrow();

    assertThat(manifest.scripts()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(manifest.scripts().keySet()).allMatch(key -> key.startsWith("acme/anna/" + locale));
    assertThat(manifest.scripts().values())
        .allSatisfy(script -> assertThat(script.keyPhrases()).isNotEmpty())
        .extracting(Manifest.ScriptSpec::category)
        .contains("greeting", "qualification", "offer", "objection", "closing", "follow_up");
  }

  @Test
  void aScriptsTextIsCheckedLikeThatOfARule() throws IOException {
    write(
        "script.yaml",
        """
        kind: Script
        tenant: acme
        agent: anna
        id: hello
        title: Hello
        category: hello
        locale: de
        stages: [142, won]
        body: "Hello {{ lead.nme }}"
        """);

    assertThat(reader.read(folder).problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("/category", "/locale", "/stages/1", "/body");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsFileLineAndPath() throws IOException {
    Path file =
        write(
            "bad.yaml",
            """
            kind: Tenant
            id: Acme!
            name: Acme
            timeZone: Moscow
            colour: red
            ---
            kind: Account
            tenant: acme
            id: main
            subdomain: acme
            vendorAccountId: 0
            webhookToken: 0123456789abcdef
            requestsPerSecond: 60
            ---
            kind: Pipeline
            ---
            kind: Rule
            tenant: acme
            id: hot
            name: Hot
            """);

    ManifestException refused =
        catchThrowableOfType(ManifestException.class, () -> reader.read(folder).orThrow());

    assertThat(refused.problems())
        .extracting(problem -> problem.line() + " " + problem.path())
        .contains(
            "2 /id",
            "4 /timeZone",
            "5 /colour",
            "11 /vendorAccountId",
            "12 /webhookToken",
            "15 /kind",
            "17 /actions")
        .containsOnlyOnce("12 /webhookToken");
    assertThat(refused.problems()).allMatch(problem -> problem.file().equals(file));
    assertThat(refused).hasMessageContaining("bad.yaml:4: /timeZone: 'Moscow' is not an IANA");
  }

  @Test
  void aModeNeedsNoQuotes() throws IOException {
    write("a.yaml", "kind: Rule\ntenant: acme\nid: hot\nname: Hot\nmode: off\nactions: []\n");

    ObjectNode definition = reader.read(folder).orThrow().rules().get("acme/hot").definition();

    assertThat(definition.path("mode").textValue()).isEqualTo("off");
  }

  @Test
  void whatCannotBeTakenAsItIsHidesNothingElse() throws IOException {
    write(
        "a.yaml",
        """
        kind: Tenant
        id: acme
        id: other
        name: ""
        timeZone: Moscow
        quietFrom: 21:00
        quietTo: "9:00"
        colour: red
        """);

    assertThat(reader.read(folder).problems())
        .extracting(problem -> problem.line() + " " + problem.path())
        .containsExactlyInAnyOrder(
            "3 /id", "4 /name", "5 /timeZone", "6 /quietFrom", "7 /quietTo", "8 /colour");
  }

  @Test
  void allThatIsWrongInOnePlaceIsTold() throws IOException {
    ManifestReader strict =
        new ManifestReader(
            definition ->
                List.of(
                    new RuleCheck.Finding("/name", "integer found, string expected"),
                    new RuleCheck.Finding("", "unknown property 'nmae'"),
                    new RuleCheck.Finding("", "unknown property 'bogus'")),
            reference -> Optional.empty());
    write("a.yaml", "kind: Rule\ntenant: acme\nid: hot\nname: \"\"\nnmae: x\nbogus: 1\n");

    assertThat(strict.read(folder).problems())
        .extracting(Problem::path, Problem::message)
        .containsExactlyInAnyOrder(
            tuple("/name", "must be 1-200 characters"),
            tuple("", "unknown property 'nmae'"),
            tuple("", "unknown property 'bogus'"));
  }

  @Test
  void aPropertyThatNoRuleHasIsToldOnItsOwnLine() throws IOException {
    ManifestReader real =
        new ManifestReader(new EngineRuleCheck(RuleParser.create()), reference -> Optional.empty());
    write(
        "a.yaml",
        """
        kind: Rule
        tenant: acme
        id: won
        name: Won
        trigger: {event: [lead-stage-changed]}
        actions:
          - key: note
            delay:
              minutes: 5
            add_note: {text: Well done}
        colour: red
        """);

    assertThat(real.read(folder).problems())
        .extracting(problem -> problem.line() + " " + problem.path())
        .containsExactlyInAnyOrder("8 /actions/0/delay", "11 /colour");
  }

  @Test
  void aBudgetAboveTheAccountsCeilingIsRefused() throws IOException {
    write(
        "a.yaml",
        """
        kind: Account
        tenant: acme
        id: main
        subdomain: acme
        vendorAccountId: 1
        webhookToken: env:HOOK
        requestsPerSecond: 60
        accountRequestsPerSecond: 50
        """);

    assertThatThrownBy(() -> reader.read(folder).orThrow())
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("a.yaml:7: /requestsPerSecond: must not be above");
  }

  @Test
  void theSameThingTwiceIsRefused() throws IOException {
    write("a.yaml", "{kind: Tenant, id: acme, name: A}\n---\n{kind: Tenant, id: acme, name: B}\n");

    assertThatThrownBy(() -> reader.read(folder).orThrow())
        .hasMessageContaining("acme is described twice");
  }

  @Test
  void textThatIsNoYamlIsRefusedWithItsLine() throws IOException {
    write("a.yaml", "kind: Tenant\nid: [1, 2\nname: x\n");

    assertThatThrownBy(() -> reader.read(folder).orThrow())
        .hasMessageContaining("a.yaml:3:")
        .hasMessageContaining("not YAML or JSON");
  }

  @Test
  void aKeyGivenTwiceANumberThatIsNoneAndALoopAreRefused() throws IOException {
    write("a.yaml", "kind: Tenant\nid: a\nid: b\n");
    write("b.yaml", "kind: Tenant\nid: 0x1F\n");
    write("c.yaml", "kind: Tenant\nid: &loop [*loop]\n");

    assertThatThrownBy(() -> reader.read(folder).orThrow())
        .hasMessageContaining("a.yaml:3: /id: given twice")
        .hasMessageContaining("b.yaml:2: /id: '0x1F' is no plain decimal number")
        .hasMessageContaining("c.yaml:2:");
  }

  /** A phone that lost its plus would never equal the CRM's. */
  @Test
  void aNumberWithAPlusHasToSayWhetherItIsText() throws IOException {
    write("a.yaml", "kind: Tenant\nid: acme\nname: A\nphone: +79991234567\n");
    write("b.yaml", "kind: Tenant\nid: other\nname: B\nphone: '+79991234567'\nrate: +1.5\n");

    assertThatThrownBy(() -> reader.read(folder).orThrow())
        .hasMessageContaining("a.yaml:4: /phone: '+79991234567' is no plain decimal number; quote")
        .hasMessageContaining("b.yaml:5: /rate: '+1.5' is no plain decimal number")
        .hasMessageNotContaining("b.yaml:4: /phone: '");
  }

  @Test
  void anEmptyFolderAndAMissingFileAreNamed() {
    assertThatThrownBy(() -> reader.read(folder).orThrow()).hasMessageContaining("no documents");
    assertThatThrownBy(() -> reader.read(folder.resolve("none.yaml")).orThrow())
        .hasMessageContaining("no such file");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
