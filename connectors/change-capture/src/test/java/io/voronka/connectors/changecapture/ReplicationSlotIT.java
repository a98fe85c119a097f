package io.voronka.connectors.changecapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplicationSlotIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  private PostgresDatabase database;
  private ReplicationSlot slot;

  @BeforeEach
  void open() throws Exception {
    database = POSTGRES.newDatabase();
    String password = database.password();
    slot =
        new ReplicationSlot(
            new CaptureSettings(
                database.host(),
                database.port(),
                database.database(),
                database.user(),
                () -> password,
                name(),
                "shelves",
                List.of("public.shelf")));
  }

  @Test
  void reachesBackToWhereItWasMade() throws Exception {
    long before = position();
    make();
    long after = position();

    assertThat(slot.reaches(after)).isTrue();
    assertThat(slot.reaches(before - 1)).isFalse();
  }

  @Test
  void aSlotThatIsNotThereReachesNothing() throws Exception {
    assertThat(slot.reaches(position())).isFalse();
  }

  @Test
  void aPositionThatTheServerHasNotComeToIsAnotherServers() throws Exception {
    make();

    assertThat(slot.reaches(position() + (1L << 40))).isFalse();
  }

  @Test
  void aSlotThatIsGoodStays() throws Exception {
    make();

    slot.dropIfLost();

    assertThat(slot.reaches(position())).isTrue();
    database.query("SELECT pg_drop_replication_slot('" + name() + "')");
  }

  private String name() {
    return database.database() + "_slot";
  }

  private void make() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_create_logical_replication_slot('" + name() + "', 'pgoutput')");
    }
  }

  private long position() throws Exception {
    return Long.parseLong(
        database.query("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint").get(0));
  }
}
