package io.voronka.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.durable();

  @Test
  void decodesLogicallyAndWritesThrough() throws SQLException {
    PostgresDatabase database = POSTGRES.newDatabase();

    assertThat(database.query("SHOW wal_level")).containsExactly("logical");
    assertThat(database.query("SHOW fsync")).containsExactly("on");
  }
}
