package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** The journal of sends in PostgreSQL. */
final class JdbcSendJournalIT {
  static {
    registerDriver();
  }

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  @BeforeAll
  static void prepareDatabase() throws Exception {
    ControlDatabase.migrate(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
  }

  @Test
  void anAttemptIsBegunByOneLifeOnly() throws Exception {
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      assertThat(answer(one.begun("a", 1))).isFalse();
      assertThat(answer(one.begin("a", 1))).isTrue();
      assertThat(answer(other.begin("a", 1))).isFalse();
      assertThat(answer(other.begun("a", 1))).isTrue();
      assertThat(answer(other.begun("a", 2))).isFalse();
      assertThat(answer(other.begin("a", 3))).isTrue();
      assertThat(answer(one.begun("a", 2))).as("a later one").isTrue();
    }
  }

  @Test
  void ofManyAtOnceEachIsBegunOnce() throws Exception {
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      List<CompletionStage<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        answers.add(one.begin("many-" + i, 1));
        answers.add(other.begin("many-" + i, 1));
        answers.add(one.begin("many-" + i, 1));
      }
      int ours = 0;
      for (CompletionStage<Boolean> answer : answers) {
        ours += answer(answer) ? 1 : 0;
      }

      assertThat(ours).isEqualTo(2_000);
    }
  }

  @Test
  void aBrokenConnectionIsMadeAnew() throws Exception {
    try (SendJournal journal = journal()) {
      assertThat(answer(journal.begin("broken", 1))).isTrue();
      POSTGRES
          .database()
          .execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  + " WHERE query LIKE '%sends_begun%' AND pid <> pg_backend_pid()");

      assertThatThrownBy(() -> answer(journal.begin("broken", 2)));
      assertThat(answer(journal.begin("broken", 3))).isTrue();
      assertThat(answer(journal.begun("broken", 2))).isTrue();
    }
  }

  @Test
  void whatNobodyCanAskAboutAnyMoreIsForgotten() throws Exception {
    POSTGRES
        .database()
        .execute(
            "INSERT INTO sends_begun (action_id, attempt, begun_at) VALUES"
                + " ('old', 1, now() - interval '36 days'), ('new', 1, now() - interval '34 days')");
    try (SendJournal journal = journal()) {
      // Forgotten after the first answer.
      answer(journal.begin("first", 1));

      assertThat(answer(journal.begun("old", 1))).isFalse();
      assertThat(answer(journal.begun("new", 1))).isTrue();
    }
  }

  @Test
  void aClosedOneAnswersThatItIsClosed() {
    SendJournal journal = journal();
    journal.close();

    assertThatThrownBy(() -> answer(journal.begin("late", 1))).hasMessageContaining("closed");
  }

  /**
   * The job's own connections take the driver out of the JVM's list, which the server's test asks.
   */
  private static void registerDriver() {
    try {
      if (!Driver.isRegistered()) {
        Driver.register();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SendJournal journal() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(POSTGRES.jdbcUrl());
    database.setUser(POSTGRES.user());
    database.setPassword(POSTGRES.password());
    return JdbcSendJournal.start(database);
  }

  private static <T> T answer(CompletionStage<T> stage) throws Exception {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.get(30, TimeUnit.SECONDS);
  }
}
