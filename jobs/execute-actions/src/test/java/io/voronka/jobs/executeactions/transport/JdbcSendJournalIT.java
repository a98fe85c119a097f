package io.voronka.jobs.executeactions.transport;

import static io.voronka.schemas.ActionOutcome.CONFIRMED;
import static io.voronka.schemas.ActionOutcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import io.voronka.jobs.executeactions.domain.BegunSend;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.JournalAnswer.Kind;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendJournal.Attempt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  private static final JournalAnswer FREE = JournalAnswer.free();

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  @BeforeAll
  static void prepareDatabase() throws Exception {
    ControlDatabase.migrate(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
  }

  @Test
  void whatOneLifeHasBegunNoOtherBegins() throws Exception {
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      assertThat(find(one, "a", 1)).isEqualTo(FREE);
      assertThat(begin(one, "a", 1)).isEqualTo(FREE);

      assertThat(begin(other, "a", 1).kind()).isEqualTo(Kind.BEGUN);
      assertThat(begin(other, "a", 2).earlier().attempt()).isEqualTo(1);
      assertThat(find(other, "a", 2).earlier().end()).isNull();
      assertThat(find(one, "a", 1).kind())
          .as("asked, it tells of its own, too")
          .isEqualTo(Kind.BEGUN);
      assertThat(begin(one, "a", 2)).as("knows how the first ended").isEqualTo(FREE);
      assertThat(find(other, "a", 1).earlier().attempt()).isEqualTo(2);
      assertThat(find(other, "a", 1).earlier().at())
          .isCloseTo(System.currentTimeMillis(), within(60_000L));
    }
  }

  @Test
  void howAnAttemptEndedIsTold() throws Exception {
    SendEnd done = new SendEnd(CONFIRMED, 202, "77", null, "with a \0", List.of("price", "hours"));
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      begin(one, "done", 1);
      one.ended(new Attempt("done", 0, 1), done);
      ended(one);

      BegunSend told = begin(other, "done", 1).earlier();
      assertThat(told.attempt()).isEqualTo(1);
      assertThat(told.end())
          .isEqualTo(
              new SendEnd(CONFIRMED, 202, "77", null, "with a  ", List.of("price", "hours")));
      assertThat(begin(one, "done", 2).kind()).as("for nobody").isEqualTo(Kind.BEGUN);
    }
  }

  @Test
  void whatWasNotDoneIsFreeForAllAndWhatHasFailedWhenItIsPutBack() throws Exception {
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      begin(one, "again", 1);
      one.ended(
          new Attempt("again", 0, 1),
          new SendEnd(null, 503, null, Reason.SERVER_ERROR, null, List.of()));
      begin(one, "failed", 1);
      one.ended(
          new Attempt("failed", 0, 1),
          new SendEnd(FAILED, 404, null, Reason.NOT_FOUND, null, List.of()));
      ended(one);

      assertThat(find(other, "again", 1)).isEqualTo(FREE);
      assertThat(begin(other, "again", 1)).isEqualTo(FREE);
      assertThat(begin(one, "again", 2).kind()).as("the other's now").isEqualTo(Kind.BEGUN);
      assertThat(begin(other, "failed", 2).earlier().end().reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(answer(other.begin(new Attempt("failed", 1, 2)))).isEqualTo(FREE);
      assertThat(answer(one.begin(new Attempt("failed", 1, 2))).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  /** It comes late: the next attempt is begun, by the same life or by another. */
  @Test
  void theEndOfAnAttemptIsNotThatOfTheNext() throws Exception {
    SendEnd again = new SendEnd(null, 503, null, Reason.SERVER_ERROR, null, List.of());
    try (SendJournal one = journal();
        SendJournal other = journal()) {
      begin(one, "late", 1);
      begin(one, "late", 2);
      one.ended(new Attempt("late", 0, 1), again);
      other.ended(new Attempt("late", 0, 2), again);
      ended(one);
      ended(other);

      assertThat(find(other, "late", 1).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  @Test
  void ofManyAtOnceEachIsBegunOnce() throws Exception {
    try (SendJournal one = journal();
        SendJournal other = journal()) {
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
    try (SendJournal journal = journal()) {
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
    try (SendJournal one = journal();
        SendJournal other = journal()) {
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
    try (SendJournal one = journal()) {
      begin(one, "closed", 1);
      one.ended(
          new Attempt("closed", 0, 1), new SendEnd(CONFIRMED, 202, null, null, null, List.of()));
    }
    try (SendJournal other = journal()) {
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
    try (SendJournal journal = journal()) {
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
    try (SendJournal journal = journal()) {
      // Forgotten after the first answer.
      begin(journal, "first", 1);

      assertThat(find(journal, "eldest", 1)).isEqualTo(FREE);
      assertThat(find(journal, "elder", 1).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  @Test
  void aClosedOneAnswersThatItIsClosed() {
    SendJournal journal = journal();
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

  private static SendJournal journal() {
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

  /** Ends are written down before what is asked later is answered. */
  private static void ended(SendJournal journal) throws Exception {
    find(journal, "any", 1);
    find(journal, "any", 1);
  }

  private static SendEnd endOf(SendJournal journal, String id) throws Exception {
    return find(journal, id, 1).earlier().end();
  }

  private static JournalAnswer begin(SendJournal journal, String id, int number) throws Exception {
    return answer(journal.begin(new Attempt(id, 0, number)));
  }

  private static JournalAnswer find(SendJournal journal, String id, int number) throws Exception {
    return answer(journal.find(new Attempt(id, 0, number)));
  }

  private static JournalAnswer answer(CompletionStage<JournalAnswer> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
