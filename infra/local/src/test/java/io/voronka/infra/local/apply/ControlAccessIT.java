package io.voronka.infra.local.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlAccessIT {
  static final String RULE =
      """
      kind: Rule
      tenant: acme
      id: won
      name: Won
      trigger: {event: [lead-stage-changed]}
      when: {field_value: {field: price, operator: greater, value: %s}}
      actions:
        - {key: note, add_note: {text: Well done}}
      """;
  static final String BASE =
      """
      kind: Tenant
      id: acme
      name: Acme
      ---
      kind: Account
      tenant: acme
      id: main
      subdomain: acme
      vendorAccountId: 31337001
      webhookToken: env:HOOK
      ---
      """;

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  @TempDir private Path folder;
  private PostgresDatabase database;
  private Connection connection;
  private final ControlAccess access =
      ControlAccess.with(reference -> Optional.of("0123456789abcdef-" + reference));

  @BeforeEach
  void migrate() throws Exception {
    database = ControlDatabases.newOn(POSTGRES);
    connection = database.connect();
  }

  @Test
  void twoWhoApplyAtOnceWaitForEachOther() throws Exception {
    String tenant = "kind: Tenant\nid: %s\nname: Name %d\n---\n";
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              try (Connection second = database.connect()) {
                for (int i = 0; i < 40; i++) {
                  Path file = folder.resolve("other.yaml");
                  Files.writeString(
                      file, tenant.formatted("acme", i) + tenant.formatted("beta", i));
                  access.apply(second, file, false);
                }
              } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 100; i < 140; i++) {
      Path file = write(tenant.formatted("beta", i) + tenant.formatted("acme", i));
      access.apply(connection, file, false);
    }

    other.join();
    assertThat(database.query("SELECT count(DISTINCT name) FROM tenants")).containsExactly("1");
  }

  @Test
  void applyingTwiceChangesNothingTheSecondTime() throws Exception {
    Path file = write(BASE + RULE.formatted("1000"));

    List<String> first = access.apply(connection, file, false).changes();
    List<String> second = access.apply(connection, file, false).changes();

    assertThat(first)
        .containsExactly(
            "+ tenant acme",
            "+ account acme/main",
            "+ rule acme/won version 1",
            "+ rule set acme version 1, 1 rule");
    assertThat(second).isEmpty();
  }

  private void fields(String account, String... fields) throws Exception {
    for (String field : fields) {
      try (var statement =
          connection.prepareStatement(
              "INSERT INTO crm_fields (tenant_id, account_id, entity_type, field_id, name, type, choices)"
                  + " VALUES ('acme', ?, 'leads', ?::bigint, 'Size', ?, ?::jsonb)")) {
        String[] parts = field.split(" ", 3);
        statement.setString(1, account);
        statement.setString(2, parts[0]);
        statement.setString(3, parts[1]);
        statement.setString(4, parts.length == 2 ? "[]" : parts[2]);
        statement.execute();
      }
    }
  }

  private static String ruleOn(String test) {
    return RULE.replace("{field: price, operator: greater, value: %s}", test);
  }

  @Test
  void aRuleThatDoesNotFitTheFieldsOfTheAccountIsRefusedOnceTheyAreKnown() throws Exception {
    String unknown = ruleOn("{field_id: 6, operator: empty}");
    access.apply(connection, write(BASE + unknown), false);
    fields("main", "5 select [{\"id\": 11, \"value\": \"Small\"}]");

    assertThatThrownBy(() -> access.dryRun(connection, write(unknown), false))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("/when/field_value")
        .hasMessageContaining("the account has no custom field of the id 6");
    assertThatThrownBy(
            () ->
                access.apply(
                    connection, write(ruleOn("{field_id: 5, operator: greater, value: 1}")), false))
        .hasMessageContaining("greater does not fit field 5 (Size), which is a choice from a list");
    assertThatThrownBy(
            () ->
                access.apply(
                    connection,
                    write(ruleOn("{field_id: 5, operator: equals, value: Big}")),
                    false))
        .hasMessageContaining("field 5 (Size) has no choice Big; it has Small (11)");
    assertThat(
            access
                .apply(
                    connection,
                    write(ruleOn("{field_id: 5, operator: equals, value: Small}")),
                    false)
                .changes())
        .hasSize(2);
  }

  @Test
  void aRuleForAllAccountsHasToFitOneOfThem() throws Exception {
    String other =
        BASE.substring(BASE.indexOf("kind: Account"))
            .replace("id: main", "id: other")
            .replace("31337001", "31337002")
            .replace("env:HOOK", "env:OTHER");
    access.apply(connection, write(BASE + other), false);
    fields("main", "5 numeric");
    Path rule = write(ruleOn("{field_id: 6, operator: greater, value: 1}"));
    assertThat(access.dryRun(connection, rule, false).changes()).as("other may have it").hasSize(2);
    fields("other", "7 numeric");
    assertThatThrownBy(() -> access.dryRun(connection, rule, false))
        .hasMessageContaining("no custom field of the id 6");
    fields("other", "6 numeric");

    assertThat(
            access
                .apply(
                    connection, write(ruleOn("{field_id: 6, operator: greater, value: 1}")), false)
                .changes())
        .hasSize(2);
    assertThatThrownBy(
            () ->
                access.apply(
                    connection,
                    write(ruleOn("{field_id: 6, operator: greater, value: 1}") + "account: main\n"),
                    false))
        .hasMessageContaining("no custom field of the id 6");
  }

  @Test
  void aChangedRuleBecomesANewVersionInANewSet() throws Exception {
    access.apply(connection, write(BASE + RULE.formatted("1000")), false);

    List<String> changes = access.apply(connection, write(RULE.formatted("2000")), false).changes();

    assertThat(changes).hasSize(2);
    assertThat(changes.get(0))
        .startsWith("~ rule acme/won version 2")
        .contains("1000", "-> ", "2000");
    assertThat(changes.get(1)).isEqualTo("+ rule set acme version 2, 1 rule");
  }

  @Test
  void warningsAreAboutTheWholeSetAsItThenIs() throws Exception {
    String forth =
        RULE.formatted("1")
            .replace("note, add_note: {text: Well done}", "move, change_stage: {stage: 12}");
    String back = forth.replace("id: won", "id: back").replace("stage: 12", "stage: 11");
    String again = back.replace("won", "back").replace("{stage: 11}", "{stage: 13}");

    assertThat(access.apply(connection, write(BASE + forth), false).warnings()).isEmpty();
    List<String> foretold = access.dryRun(connection, write(back), false).warnings();
    ControlAccess.Applied applied = access.apply(connection, write(back), false);

    assertThat(applied.warnings()).hasSize(2).isEqualTo(foretold);
    assertThat(applied.warnings().get(0))
        .contains(":8: warning: Rules set each other off again and again: back (action move) → won")
        .endsWith("acme/won: rule won, /actions/0");
    assertThat(applied.warnings().get(1)).contains("set the stage to different values");
    assertThat(access.apply(connection, write(again), true).warnings()).isEmpty();
  }

  @Test
  void aDryRunSaysTheSameAndWritesNothing() throws Exception {
    Path file = write(BASE + RULE.formatted("1000"));

    List<String> foretold = access.dryRun(connection, file, false).changes();

    assertThat(ControlAccess.get(connection, "tenants")).isEmpty();
    assertThat(access.apply(connection, file, false).changes()).isEqualTo(foretold);
  }

  @Test
  void aPauseThatBeginsWhileDocumentsAreAppliedStays() throws Exception {
    String all = BASE + "kind: Agent\ntenant: acme\nid: anna\nname: Anna\naccount: main\n";
    access.apply(connection, write(all), false);
    String changed =
        all.replace("name: Acme", "name: Acme Ltd")
            .replace("subdomain: acme", "subdomain: acme\nrequestsPerSecond: 5")
            .replace("name: Anna", "name: Anna B");
    List<String> tables = List.of("tenants", "crm_accounts", "agents");
    try (Connection pausing = database.connect()) {
      pausing.setAutoCommit(false);
      for (String table : tables) {
        pausing.createStatement().execute("UPDATE " + table + " SET effects_paused = true");
      }
      CompletableFuture<ControlAccess.Applied> applied = applyLater(write(changed));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !database
                      .query(
                          "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND datname = current_database()")
                      .isEmpty());
      pausing.commit();

      assertThat(applied.get(30, TimeUnit.SECONDS).changes()).hasSize(3);
    }

    for (String table : tables) {
      assertThat(database.query("SELECT effects_paused FROM " + table)).containsExactly("t");
    }
    access.apply(
        connection, write(BASE.replace("name: Acme", "name: Acme\neffectsPaused: false")), false);
    assertThat(database.query("SELECT effects_paused FROM tenants")).containsExactly("f");
  }

  private CompletableFuture<ControlAccess.Applied> applyLater(Path file) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return access.apply(connection, file, false);
          } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void oneBadDocumentKeepsAllOthersOut() throws Exception {
    Path file =
        write(
            BASE
                + "kind: Agent\ntenant: acme\nid: anna\nname: Anna\naccount: other\n---\n"
                + RULE.formatted("1").replace("tenant: acme", "tenant: nobody"));

    assertThatThrownBy(() -> access.apply(connection, file, false))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("there is no account acme/other")
        .hasMessageContaining("there is no tenant nobody");

    assertThat(ControlAccess.get(connection, "tenants")).isEmpty();
  }

  /** Whoever refers to what is in a broken document is not at fault. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: Tenant\nid: acme\nname: [Acme\n",
        "kind: Tenant\nid: acme\nname: Acme\nname: Acme\n",
        "kind: Tenant\nid: acme!\nname: Acme\n",
        "kind: Tennant\nid: acme\nname: Acme\n",
      })
  void oneMistakeIsOneComplaint(String tenant) throws Exception {
    write(BASE.substring(BASE.indexOf("kind: Account")) + RULE.formatted("1000"));
    Files.writeString(folder.resolve("broken.yaml"), tenant);

    assertThatThrownBy(() -> access.apply(connection, folder, false))
        .isInstanceOfSatisfying(
            ManifestException.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(
                        problem -> assertThat(problem.file().toString()).endsWith("broken.yaml")));
  }

  @Test
  void twoAccountsWhoseTokensCannotBeReadDoNotShareOne() throws Exception {
    String account = BASE.substring(BASE.indexOf("kind: Account"));
    write(
        BASE.replace("env:HOOK", "secret-itself")
            + account
                .replace("id: main", "id: other")
                .replace("31337001", "31337002")
                .replace("env:HOOK", "another-one"));

    assertThatThrownBy(() -> access.apply(connection, folder, false))
        .isInstanceOfSatisfying(
            ManifestException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::message)
                    .noneMatch(message -> message.contains("the same token")));
  }

  @Test
  void whatGetPrintsCanBeAppliedAgain() throws Exception {
    access.apply(connection, write(BASE + RULE.formatted("1000")), false);
    String printed =
        List.of("tenants", "accounts", "agents", "rules").stream()
            .flatMap(kind -> documents(kind).stream())
            .map(ObjectNode::toString)
            .collect(Collectors.joining("\n---\n"));

    assertThat(access.apply(connection, write(printed), false).changes()).isEmpty();
  }

  @Test
  void pruningTakesRulesThatAreNotNamedOutOfTheSet() throws Exception {
    access.apply(
        connection,
        write(
            BASE
                + RULE.formatted("1")
                + "---\n"
                + RULE.formatted("2").replace("id: won", "id: lost")),
        false);

    List<String> changes = access.apply(connection, write(RULE.formatted("1")), true).changes();

    assertThat(changes).containsExactly("- rule acme/lost", "+ rule set acme version 2, 1 rule");
  }

  private List<ObjectNode> documents(String kind) {
    try {
      return ControlAccess.get(connection, kind);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("documents.yaml"), text);
  }
}
