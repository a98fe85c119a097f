package io.voronka.jobs.executeactions.transport;

import static io.voronka.schemas.ActionOutcome.CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.JournalAnswer.Kind;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendJournal.Attempt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** The journal of sends in PostgreSQL. */
final class JdbcSendJournalIT extends SendJournalContract {
  static {
    registerDriver();
  }

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  @BeforeAll
  static void prepareDatabase() throws Exception {
    ControlDatabase.migrate(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
  }

  @Test
  void whenAnAttemptWasBegunIsTold() throws Exception {
    try (SendJournal journal = life()) {
      begin(journal, "when", 1);

      assertThat(find(journal, "when", 1).earlier().at())
          .isCloseTo(System.currentTimeMillis(), within(60_000L));
    }
  }

  @Test
  void theCharacterThatADatabaseHasNotIsABlank() throws Exception {
    try (SendJournal journal = life()) {
      begin(journal, "zero", 1);
      journal.ended(
          new Attempt("zero", 0, 1),
          new SendEnd(CONFIRMED, 202, null, null, "with a \0", List.of()));
      ended(journal);

      assertThat(endOf(journal, "zero").detail()).isEqualTo("with a  ");
    }
  }

  @Test
  void ofManyAtOnceEachIsBegunOnce() throws Exception {
    try (SendJournal one = life();
        SendJournal other = life()) {
      List<CompletionStage<JournalAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        answers.add(one.begin(new Attempt("many-" + i, 0, 1)));
        answers.add(other.begin(new Attempt("many-" + i, 0, 1)));
      }
      int ours = 0;
      for (CompletionStage<JournalAnswer> answer : answers) {
        ours += answer(answer).kind() == Kind.FREE ? 1 : 0;
      }

      assertThat(ours).isEqualTo(2_000);
    }
  }

  @Test
  void aBrokenConnectionIsMadeAnew() throws Exception {
    try (SendJournal journal = life()) {
      assertThat(begin(journal, "broken", 1)).isEqualTo(FREE);
      breakConnections();

      assertThatThrownBy(() -> begin(journal, "broken", 2));
      assertThat(begin(journal, "broken", 2)).isEqualTo(FREE);
      assertThat(find(journal, "broken", 2).earlier().attempt()).isEqualTo(2);
    }
  }

  /** Nothing follows that would have it written. */
  @Test
  void anEndIsKeptUntilTheDatabaseIsBack() throws Exception {
    try (SendJournal one = life();
        SendJournal other = life()) {
      begin(one, "kept", 1);
      breakConnections();
      one.ended(
          new Attempt("kept", 0, 1), new SendEnd(CONFIRMED, 202, null, null, null, List.of()));

      await().until(() -> endOf(other, "kept") != null);
      assertThat(endOf(other, "kept").outcome()).isEqualTo(CONFIRMED);
    }
  }

  @Test
  void whatIsClosedWritesDownWhatItHasHeard() throws Exception {
    try (SendJournal one = life()) {
      begin(one, "closed", 1);
      one.ended(
          new Attempt("closed", 0, 1), new SendEnd(CONFIRMED, 202, null, null, null, List.of()));
    }
    try (SendJournal other = life()) {
      assertThat(endOf(other, "closed").outcome()).isEqualTo(CONFIRMED);
    }
  }

  /** Whoever counted on had heard how the earlier ones ended. */
  @Test
  void ofAttemptsOfEarlierBuildsOnlyTheLaterOnesStandInTheWay() throws Exception {
    POSTGRES
        .database()
        .execute(
            "INSERT INTO sends (action_id, attempt, life, redelivery) VALUES ('old', 2, '', 0)");
    try (SendJournal journal = life()) {
      assertThat(find(journal, "old", 2).earlier().attempt()).isEqualTo(2);
      assertThat(begin(journal, "old", 2).kind()).isEqualTo(Kind.BEGUN);
      assertThat(find(journal, "old", 3)).isEqualTo(FREE);
      assertThat(begin(journal, "old", 3)).isEqualTo(FREE);
    }
  }

  @Test
  void whatNobodyCanAskAboutAnyMoreIsForgotten() throws Exception {
    POSTGRES
        .database()
        .execute(
            "INSERT INTO sends (action_id, attempt, life, redelivery, begun_at) VALUES"
                + " ('eldest', 1, 'x', 0, now() - interval '36 days'),"
                + " ('elder', 1, 'x', 0, now() - interval '34 days')");
    try (SendJournal journal = life()) {
      // Forgotten after the first answer.
      begin(journal, "first", 1);

      assertThat(find(journal, "eldest", 1)).isEqualTo(FREE);
      assertThat(find(journal, "elder", 1).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  @Test
  void aClosedOneAnswersThatItIsClosed() {
    SendJournal journal = life();
    journal.close();

    assertThatThrownBy(() -> begin(journal, "over", 1)).hasMessageContaining("closed");
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

  @Override
  SendJournal life() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(POSTGRES.jdbcUrl());
    database.setUser(POSTGRES.user());
    database.setPassword(POSTGRES.password());
    return JdbcSendJournal.start(database);
  }

  private static void breakConnections() throws SQLException {
    POSTGRES
        .database()
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE query LIKE '%sends%' AND pid <> pg_backend_pid()");
  }

  private static SendEnd endOf(SendJournal journal, String id) throws Exception {
    return find(journal, id, 1).earlier().end();
  }
}
