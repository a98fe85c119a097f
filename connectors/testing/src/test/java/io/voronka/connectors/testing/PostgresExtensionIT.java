package io.voronka.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void aSchemaIsMadeOnceAndEachOfItsDatabasesIsUntouched() throws SQLException {
    AtomicInteger made = new AtomicInteger();
    PostgresExtension.Schema schema =
        empty -> {
          made.incrementAndGet();
          empty.execute("CREATE TABLE kept (n INT)", "CREATE PUBLICATION all_of_it FOR ALL TABLES");
        };

    PostgresDatabase one = POSTGRES.newDatabase(schema);
    one.execute("INSERT INTO kept VALUES (1)");
    PostgresDatabase other = POSTGRES.newDatabase(schema);

    assertThat(other.query("SELECT n FROM kept")).isEmpty();
    assertThat(other.query("SELECT pubname FROM pg_publication")).containsExactly("all_of_it");
    assertThat(one.query("SELECT n FROM kept")).containsExactly("1");
    assertThat(made).hasValue(1);
  }
}
