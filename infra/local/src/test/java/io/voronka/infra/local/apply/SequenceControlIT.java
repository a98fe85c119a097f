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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sequences in and out of the database. */
final class SequenceControlIT {
  private static final String SEQUENCE =
      """
      kind: Sequence
      tenant: acme
      id: welcome
      name: Welcome
      entry: {event: lead_created}
      steps:
        - {id: day, wait: {for: %s}}
      """;

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
  void eachChangeIsANewVersionAndTheOldOnesStay() throws Exception {
    List<String> first = apply(BASE + SEQUENCE.formatted("1d"));
    List<String> same = apply(SEQUENCE.formatted("1d"));
    List<String> changed = apply(SEQUENCE.formatted("2d"));
    String printed = ControlAccess.get(connection, "sequences").get(0).toString();

    assertThat(first).contains("+ sequence acme/welcome version 1");
    assertThat(same).isEmpty();
    assertThat(changed)
        .singleElement()
        .asString()
        .startsWith("~ sequence acme/welcome version 2\n    steps: ");
    assertThat(apply(printed)).isEmpty();
    try (var rows = connection.createStatement().executeQuery("SELECT count(*) FROM sequences")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void aVersionThatIsWrittenNeverChanges() throws Exception {
    apply(BASE + SEQUENCE.formatted("1d"));

    for (String change :
        List.of(
            "UPDATE sequences SET name = 'x'",
            "DELETE FROM sequences",
            "TRUNCATE sequences",
            "INSERT INTO sequences (tenant_id, sequence_id, version, name, definition)"
                + " VALUES ('acme', 'welcome', 1, 'x', '{}')")) {
      assertThatThrownBy(() -> connection.createStatement().execute(change)).as(change).isNotNull();
    }
    connection.createStatement().execute("DELETE FROM tenants WHERE tenant_id = 'acme'");
    assertThat(ControlAccess.get(connection, "sequences")).isEmpty();
  }

  @Test
  void everyProblemIsToldBeforeAnythingIsWritten() throws Exception {
    assertThatThrownBy(() -> apply(SEQUENCE.formatted("1d")))
        .hasMessageContaining("there is no tenant acme");
    assertThatThrownBy(() -> apply(BASE + SEQUENCE.formatted("soon")))
        .hasMessageContaining("/steps/0/wait/for");
    assertThat(ControlAccess.get(connection, "tenants")).isEmpty();
  }

  @Test
  void whatDoesNotFitTheFieldsOfTheAccountIsRefusedOnceTheyAreKnown() throws Exception {
    String sequence =
        SEQUENCE.formatted("1d")
            + """
              - {id: day2, wait: {until: {field_id: 5, before: 1d}}}
              - id: big
                branch:
                  when: {field_value: {field_id: 6, operator: equals, value: 1}}
                  then: [{id: n, kommo_action: {add_note: {text: "{{ lead.field.7 }}"}}}]
            time_zone: {field_code: ZONE}
            exits:
              - {when: {field_value: {field_id: 5, operator: equals, value: many}}}
            """;
    apply(BASE + sequence);
    connection
        .createStatement()
        .execute(
            "INSERT INTO crm_fields (tenant_id, account_id, entity_type, field_id, name, type,"
                + " choices) VALUES ('acme', 'main', 'leads', 5, 'Size', 'numeric', '[]'::jsonb)");

    assertThatThrownBy(() -> apply(sequence.replace("Welcome", "Hello")))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("field 5 (Size) is a number, not a date")
        .hasMessageContaining("no custom field of the id 6")
        .hasMessageContaining("no custom field of the id 7")
        .hasMessageContaining("no custom field of the code ZONE")
        .hasMessageContaining("field 5 (Size) is a number, and many is none");
    assertThat(apply(SEQUENCE.formatted("3d"))).hasSize(1);
  }

  @Test
  void aTenantsFirstSequenceIsToldToKnowNothingOfEarlierLeads() throws Exception {
    apply(BASE);
    Path first = Files.writeString(folder.resolve("first.yaml"), SEQUENCE.formatted("1d"));

    assertThat(access.dryRun(connection, first, false).warnings())
        .singleElement()
        .asString()
        .contains("voronka import --tenant acme --fresh");
    assertThat(access.apply(connection, first, false).warnings()).hasSize(1);
    Path second =
        Files.writeString(
            folder.resolve("second.yaml"), SEQUENCE.formatted("2d").replace("id: w", "id: x"));
    assertThat(access.apply(connection, second, false).warnings()).isEmpty();
  }

  @Test
  void aNewTenantsLeadsAreImportedAnyway() throws Exception {
    Path all = Files.writeString(folder.resolve("all.yaml"), BASE + SEQUENCE.formatted("1d"));

    assertThat(access.apply(connection, all, false).warnings()).isEmpty();
  }

  private List<String> apply(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("documents.yaml"), text);
    return access.apply(connection, file, false).changes();
  }
}
