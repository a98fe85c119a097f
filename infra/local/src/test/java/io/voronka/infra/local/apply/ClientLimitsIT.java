package io.voronka.infra.local.apply;

import static io.voronka.infra.local.apply.ControlAccessIT.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may expect of a tenant, and pauses, in and out of the database. */
final class ClientLimitsIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  private static final String CAPPED =
      BASE.replace("name: Acme\n", "name: Acme\nmessageCap: 3 per 24h\nmailCap: 2 per 7d\n");

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
  void capsAreAppliedAndGivenBack() throws Exception {
    apply(BASE);

    List<String> changed = apply(CAPPED);

    assertThat(changed).hasSize(1).first().asString().contains("messageCap: (none)");
    assertThat(ControlAccess.get(connection, "tenants").get(0).toString())
        .contains("\"messageCap\":\"3 per 24h\",\"mailCap\":\"2 per 7d\"");
    assertThat(apply(CAPPED)).isEmpty();
  }

  @Test
  void aTenantsOwnWordsAreAppliedAndGivenBackAlsoWhenThereAreNone() throws Exception {
    apply(BASE);

    apply(BASE.replace("name: Acme\n", "name: Acme\noptOutWords: [хватит, 'no more']\n"));
    assertThat(ControlAccess.get(connection, "tenants").get(0).toString())
        .contains("\"optOutWords\":[\"хватит\",\"no more\"]");

    apply(BASE.replace("name: Acme\n", "name: Acme\noptOutWords: []\n"));
    assertThat(ControlAccess.get(connection, "tenants").get(0).toString())
        .contains("\"optOutWords\":[]");
    assertThatThrownBy(() -> apply(BASE.replace("name: Acme\n", "name: Acme\noptOutWords: ['']\n")))
        .hasMessageContaining("/optOutWords");
  }

  @Test
  void aChatChannelIsGivenWholeAndItsSecretByReference() throws Exception {
    String channel = "chatScopeId: channel_1\nchatSecret: env:CHAT\nchatSenderId: bot-1\n";
    String account = "kind: Account\n";
    apply(BASE.replace(account, account + channel));

    assertThat(ControlAccess.get(connection, "accounts").get(0).toString())
        .contains(
            "\"chatBaseUrl\":\"https://amojo.kommo.com\",\"chatScopeId\":\"channel_1\","
                + "\"chatSecret\":\"env:CHAT\",\"chatSenderId\":\"bot-1\"");
    assertThat(apply(BASE.replace(account, account + channel))).isEmpty();
    assertThatThrownBy(() -> apply(BASE.replace(account, account + "chatScopeId: channel_1\n")))
        .hasMessageContaining("given all or not at all");
    assertThatThrownBy(
            () -> apply(BASE.replace(account, account + channel.replace("env:CHAT", "the-secret"))))
        .hasMessageContaining("/chatSecret")
        .hasMessageNotContaining("the-secret");
  }

  @Test
  void aBotThatSpeaksIsGivenWithItsFieldAndNotBesideAChatChannel() throws Exception {
    String bot = "messageBotId: 9001\nmessageBotFieldId: 600002\n";
    String account = "kind: Account\n";
    apply(BASE.replace(account, account + bot));

    assertThat(ControlAccess.get(connection, "accounts").get(0).toString())
        .contains("\"messageBotId\":\"9001\",\"messageBotFieldId\":\"600002\"");
    assertThat(apply(BASE.replace(account, account + bot))).isEmpty();
    assertThatThrownBy(() -> apply(BASE.replace(account, account + "messageBotId: 9001\n")))
        .hasMessageContaining("given both or not");
    assertThatThrownBy(
            () ->
                apply(
                    BASE.replace(
                        account,
                        account
                            + bot
                            + "chatScopeId: channel_1\nchatSecret: env:CHAT\nchatSenderId: bot-1\n")))
        .hasMessageContaining("not by both");
    assertThatThrownBy(() -> execute("UPDATE crm_accounts SET message_bot_field_id = NULL"))
        .isInstanceOf(SQLException.class);

    assertThat(apply(BASE)).singleElement().asString().contains("messageBotId");
    assertThat(ControlAccess.get(connection, "accounts").get(0).toString())
        .doesNotContain("messageBot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0 per 1h", "3 per week", "3 per 31d", "3 per 721h"})
  void aCapThatIsNoneIsRefusedByBoth(String cap) {
    assertThatThrownBy(() -> apply(CAPPED.replace("3 per 24h", "'" + cap + "'")))
        .hasMessageContaining("/messageCap");
    assertThatThrownBy(
            () ->
                execute(
                    "INSERT INTO tenants (tenant_id, name, message_cap) VALUES ('x', 'X', '%s')"
                        .formatted(cap)))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void anAgentSaysHowLongItKeepsSilentOnceItsAccountKnowsWhoWeAre() throws Exception {
    String agent =
        BASE
            + """
              kind: Agent
              tenant: acme
              id: anna
              account: main
              name: Anna
              silentAfterHuman: 2h
              """;
    String known = agent.replace("kind: Account\n", "kind: Account\nintegrationUserId: 77\n");
    assertThatThrownBy(() -> apply(agent)).hasMessageContaining("/silentAfterHuman");

    apply(known);

    assertThat(ControlAccess.get(connection, "agents").get(0).toString())
        .contains("\"silentAfterHuman\":\"2h\"");
    assertThat(apply(known)).isEmpty();
    assertThatThrownBy(() -> apply(BASE))
        .as("the agent that is there already needs it too")
        .hasMessageContaining("/integrationUserId")
        .hasMessageContaining("acme/anna");
  }

  @Test
  void optOutsAreAppliedInOneFormAndGivenBack() throws Exception {
    String optOuts =
        BASE
            + """
              {kind: OptOut, tenant: acme, phone: '8 (999) 123-45-67'}
              ---
              {kind: OptOut, tenant: acme, mail: Client@Example.com}
              ---
              {kind: OptOut, tenant: acme, account: main, contact: 42}
              """;

    assertThat(apply(optOuts)).filteredOn(change -> change.contains("opt-out")).hasSize(3);

    assertThat(ControlAccess.get(connection, "opt-outs"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "{\"kind\":\"OptOut\",\"tenant\":\"acme\",\"phone\":\"+79991234567\"}",
            "{\"kind\":\"OptOut\",\"tenant\":\"acme\",\"mail\":\"client@example.com\"}",
            "{\"kind\":\"OptOut\",\"tenant\":\"acme\",\"account\":\"main\",\"contact\":\"42\"}");
    assertThat(apply(optOuts.replace("8 (999) 123-45-67", "+7 999 123 45 67"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phone: abc",
        "mail: nobody",
        "contact: 42",
        "account: main",
        "phone: '+79991234567', mail: a@b.test",
        "active: true",
      })
  void anOptOutOfNobodyInParticularIsRefused(String who) {
    assertThatThrownBy(() -> apply(BASE + "{kind: OptOut, tenant: acme, %s}\n".formatted(who)))
        .isInstanceOf(ManifestException.class);
  }

  @Test
  void anOptOutIsNotedAndUndone() throws Exception {
    apply(BASE);
    OptOuts optOuts = new OptOuts(connection);
    String client = OptOuts.recipient("+7 999 123-45-67", null, null, null);

    assertThat(optOuts.add("acme", client)).isTrue();
    assertThat(optOuts.add("acme", client)).isFalse();
    assertThat(optOuts.remove("acme", client)).isTrue();
    assertThat(optOuts.remove("acme", client)).isFalse();
    assertThatThrownBy(() -> OptOuts.recipient("+7 999 123-45-67", "a@b.test", null, null))
        .hasMessageContaining("exactly one");
    assertThatThrownBy(() -> optOuts.add("nobody", client)).isInstanceOf(SQLException.class);
  }

  @Test
  void aFileThatSaysNothingOfAPauseDoesNotEndOne() throws Exception {
    apply(BASE);
    Pauses pauses = new Pauses(connection);
    pauses.set(new Pauses.Scope("acme", null, null, null), true);
    pauses.set(new Pauses.Scope("acme", "main", null, null), true);

    assertThat(apply(BASE)).isEmpty();
    apply(CAPPED);

    assertThat(ControlAccess.get(connection, "tenants").get(0).toString())
        .contains("\"effectsPaused\":true");
    assertThat(ControlAccess.get(connection, "accounts").get(0).toString())
        .contains("\"effectsPaused\":true");
    assertThat(apply(BASE.replace("name: Acme\n", "name: Acme\neffectsPaused: false\n")))
        .anyMatch(change -> change.contains("effectsPaused"));
    assertThat(ControlAccess.get(connection, "tenants").get(0).has("effectsPaused")).isFalse();
  }

  private List<String> apply(String documents) throws Exception {
    Path file = Files.writeString(folder.resolve("documents.yaml"), documents);
    return access.apply(connection, file, false).changes();
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
