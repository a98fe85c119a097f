package io.voronka.infra.local.apply;

import static io.voronka.infra.local.apply.ControlAccessIT.BASE;
import static io.voronka.infra.local.apply.ControlAccessIT.RULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What actions are carried out with, and what holds them back, in and out of the database. */
final class OutboundControlIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  @TempDir private Path folder;
  private Connection connection;
  private final ControlAccess access =
      ControlAccess.with(reference -> Optional.of("0123456789abcdef-" + reference));

  @BeforeEach
  void migrate() throws Exception {
    PostgresDatabase database = ControlDatabases.newOn(POSTGRES);
    connection = database.connect();
  }

  @Test
  void aSigningKeyIsAppliedGivenBackAndMayBeNamedByRules() throws Exception {
    String key =
        """
        kind: SigningKey
        tenant: acme
        id: partner
        secrets: [%s]
        ---
        """;
    String rule =
        """
        kind: Rule
        tenant: acme
        id: tell
        name: Tell
        trigger: {event: lead_created}
        actions:
          - {key: tell, webhook: {url: 'https://partner.test/in', sign_with: %s}}
        """;

    List<String> first =
        access
            .apply(
                connection, write(BASE + key.formatted("env:A") + rule.formatted("partner")), false)
            .changes();
    List<String> rotated =
        access
            .apply(connection, write(BASE + key.formatted("file:/run/b, env:A")), false)
            .changes();

    assertThat(first).contains("+ signing key acme/partner");
    assertThat(rotated)
        .containsExactly(
            "~ signing key acme/partner\n    secrets: [\"env:A\"] -> [\"file:/run/b\",\"env:A\"]");
    assertThat(ControlAccess.get(connection, "signing-keys"))
        .extracting(ObjectNode::toString)
        .containsExactly(
            "{\"kind\":\"SigningKey\",\"tenant\":\"acme\",\"id\":\"partner\",\"secrets\":[\"file:/run/b\",\"env:A\"]}");
    assertThatThrownBy(() -> access.apply(connection, write(BASE + rule.formatted("other")), false))
        .hasMessageContaining("/actions/0/webhook/sign_with")
        .hasMessageContaining("there is no signing key acme/other");
  }

  @Test
  void aMailSenderIsAppliedAndGivenBackAsItWas() throws Exception {
    String sender =
        """
        kind: MailSender
        tenant: acme
        id: sales
        host: smtp.acme.test
        user: sales
        password: env:MAIL
        from: sales@acme.test
        fromName: Отдел продаж
        unsubscribeUrl: https://acme.test/u/{action}
        """;

    List<String> first = access.apply(connection, write(BASE + sender), false).changes();
    String printed = ControlAccess.get(connection, "mail-senders").get(0).toString();

    assertThat(first).contains("+ mail sender acme/sales");
    assertThat(printed)
        .contains("\"port\":587,\"security\":\"starttls\"", "\"fromName\":\"Отдел продаж\"");
    assertThat(access.apply(connection, write(BASE + printed), false).changes()).isEmpty();
  }

  @Test
  void scriptsAreAppliedAndGivenBackAsTheyWere() throws Exception {
    String agent =
        """
        kind: Agent
        tenant: acme
        id: anna
        account: main
        name: Anna
        ---
        """;
    String scripts = StarterScripts.of("acme", "anna", "ru");

    List<String> first = access.apply(connection, write(BASE + agent + scripts), false).changes();
    List<String> printed =
        ControlAccess.get(connection, "scripts").stream().map(ObjectNode::toString).toList();

    assertThat(first).contains("+ script acme/anna/ru-price");
    assertThat(
            access
                .apply(connection, write(BASE + agent + String.join("\n---\n", printed)), false)
                .changes())
        .isEmpty();
    assertThatThrownBy(
            () ->
                access.apply(
                    connection, write(BASE + StarterScripts.of("acme", "boris", "en")), false))
        .hasMessageContaining("there is no agent acme/boris");
  }

  @Test
  void pausesAreWrittenWhereTheExecutorLooks() throws Exception {
    access.apply(
        connection,
        write(
            BASE
                + """
                kind: Agent
                tenant: acme
                id: anna
                account: main
                name: Anna
                ---
                """
                + RULE.formatted("1000")),
        false);
    Pauses pauses = new Pauses(connection);
    List<Pauses.Scope> scopes =
        List.of(
            new Pauses.Scope(null, null, null, null),
            new Pauses.Scope("acme", null, null, null),
            new Pauses.Scope("acme", "main", null, null),
            new Pauses.Scope("acme", null, "anna", null),
            new Pauses.Scope("acme", null, null, "won"));

    for (Pauses.Scope scope : scopes) {
      String before = paused();
      assertThat(pauses.set(scope, true)).as("%s", scope).isEqualTo(1);
      assertThat(pauses.set(scope, true)).as("%s again", scope).isZero();
      assertThat(paused()).isNotEqualTo(before);
      assertThat(pauses.set(scope, false)).as("%s", scope).isEqualTo(1);
      assertThat(paused()).isEqualTo(before);
    }
    assertThatThrownBy(() -> pauses.set(new Pauses.Scope("acme", null, null, "lost"), true))
        .hasMessage("there is no rule acme/lost");
  }

  private String paused() throws Exception {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT (SELECT effects_paused FROM tenants) || ' ' || (SELECT paused_rules FROM tenants)"
                    + " || ' ' || (SELECT effects_paused FROM crm_accounts) || ' '"
                    + " || (SELECT effects_paused FROM agents)")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void quietHoursAreAppliedAndGivenBack() throws Exception {
    access.apply(connection, write(BASE), false);
    String quiet =
        BASE.replace("name: Acme\n", "name: Acme\nquietFrom: '21:00'\nquietTo: '09:00'\n");

    List<String> changed = access.apply(connection, write(quiet), false).changes();

    assertThat(changed).hasSize(1);
    assertThat(ControlAccess.get(connection, "tenants").get(0).toString())
        .contains("\"quietFrom\":\"21:00\",\"quietTo\":\"09:00\"");
    assertThat(access.apply(connection, write(quiet), false).changes()).isEmpty();
    assertThatThrownBy(
            () -> access.apply(connection, write(quiet.replace("quietTo: '09:00'\n", "")), false))
        .hasMessageContaining("/quietFrom");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("documents.yaml"), text);
  }
}
