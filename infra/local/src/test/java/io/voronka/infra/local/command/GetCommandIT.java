package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.local.ControlDatabases;
import io.voronka.infra.local.apply.ControlAccess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class GetCommandIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.shared();

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();
  private PostgresDatabase database;

  @BeforeEach
  void apply() throws Exception {
    database = ControlDatabases.newOn(POSTGRES);
    Path file = Files.writeString(folder.resolve("a.yaml"), "kind: Tenant\nid: acme\nname: Acme\n");
    try (Connection connection = database.connect()) {
      ControlAccess.with(reference -> Optional.empty()).apply(connection, file, false);
    }
  }

  @Test
  void aTenantThatIsNotThereIsNoTenantWithoutRules() throws Exception {
    assertThat(get("rules", "acme")).isEqualTo(ExitCodes.OK);
    assertThat(err.toString()).isEmpty();

    assertThat(get("rules", "nosuch")).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString().strip()).isEqualTo("voronka: there is no tenant nosuch");
  }

  private int get(String kind, String tenant) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), database.password());
    return new CommandLine(new GetCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(err))
        .execute(
            kind,
            "--tenant",
            tenant,
            "--database-url",
            database.jdbcUrl(),
            "--database-user",
            database.user(),
            "--database-password-file",
            password.toString());
  }
}
