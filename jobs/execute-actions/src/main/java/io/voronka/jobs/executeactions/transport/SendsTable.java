package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.BegunSend;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendJournal.Attempt;
import io.voronka.schemas.ActionOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Table {@code sends} of the control database: of each action its last attempt. */
final class SendsTable {
  static final int ANSWER_SECONDS = 10;

  private static final String AGAIN = "AGAIN";

  private static final String WANTED =
      " unnest(?::text[], ?::integer[], ?::integer[]) AS wanted (action_id, redelivery, attempt)";

  /**
   * Whatever life has begun the attempt that stands there, it has not done it. Of rows without a
   * life it is known that whoever counts on has heard how the earlier attempts ended.
   */
  private static final String NOT_DONE =
      "(known.ended = 'AGAIN'"
          + " OR known.ended IN ('FAILED', 'REFUSED') AND known.redelivery < %1$s.redelivery"
          + " OR known.life = '' AND known.attempt < %1$s.attempt)";

  /** One statement decides and writes, so that of two lives one begins. */
  private static final String BEGIN =
      "INSERT INTO sends AS known (action_id, redelivery, attempt, life)"
          + " SELECT action_id, redelivery, attempt, ? FROM"
          + WANTED
          + " ORDER BY action_id"
          + " ON CONFLICT (action_id) DO UPDATE SET redelivery = EXCLUDED.redelivery,"
          + " attempt = EXCLUDED.attempt, life = EXCLUDED.life, begun_at = now(), ended = NULL,"
          + " status_code = NULL, vendor_id = NULL, reason = NULL, detail = NULL, scripts = ''"
          + " WHERE known.life = EXCLUDED.life AND known.ended IS DISTINCT FROM 'CONFIRMED' OR "
          + NOT_DONE.formatted("EXCLUDED")
          + " RETURNING action_id";

  private static final String FIND =
      "SELECT known.action_id, known.attempt,"
          + " (extract(epoch FROM known.begun_at) * 1000)::bigint AS begun_millis, known.ended,"
          + " known.status_code, known.vendor_id, known.reason, known.detail, known.scripts"
          + " FROM sends known JOIN"
          + WANTED
          + " USING (action_id) WHERE "
          + NOT_DONE.formatted("wanted")
          + " IS NOT TRUE";

  /** Only of the attempt that is meant: the life, or another one, may have begun the next. */
  private static final String END =
      "UPDATE sends known SET ended = over.ended, status_code = over.status_code,"
          + " vendor_id = over.vendor_id, reason = over.reason, detail = over.detail,"
          + " scripts = over.scripts FROM"
          + " unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::integer[], ?::text[],"
          + " ?::text[], ?::text[], ?::text[]) AS over (action_id, redelivery, attempt, ended,"
          + " status_code, vendor_id, reason, detail, scripts)"
          + " WHERE known.action_id = over.action_id AND known.redelivery = over.redelivery"
          + " AND known.attempt = over.attempt AND known.life = ?";

  /** Longer than an outcome is remembered, and a checkpoint kept that could ask. */
  private static final String FORGET =
      "DELETE FROM sends WHERE begun_at < now() - interval '35 days'";

  private final Connection connection;
  private final String life;

  /**
   * @param life name of who begins, not empty
   */
  SendsTable(Connection connection, String life) {
    this.connection = connection;
    this.life = life;
  }

  /** An attempt and how it ended. */
  record Ended(Attempt attempt, SendEnd end) {}

  /**
   * @param attempts each at another action
   * @return ids of the actions of which they stand there now
   */
  Set<String> begin(Collection<Attempt> attempts) throws SQLException {
    Set<String> begun = new HashSet<>();
    try (PreparedStatement statement = prepared(BEGIN)) {
      statement.setString(1, life);
      set(statement, 2, attempts);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          begun.add(rows.getString(1));
        }
      }
    }
    return begun;
  }

  /** What may have done it, by the action's id; nothing of those that are free. */
  Map<String, BegunSend> find(Collection<Attempt> attempts) throws SQLException {
    Map<String, BegunSend> found = new HashMap<>();
    try (PreparedStatement statement = prepared(FIND)) {
      set(statement, 1, attempts);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long at = rows.getLong("begun_millis");
          found.put(
              rows.getString("action_id"), new BegunSend(rows.getInt("attempt"), at, end(rows)));
        }
      }
    }
    return found;
  }

  void end(Collection<Ended> ended) throws SQLException {
    try (PreparedStatement statement = prepared(END)) {
      set(statement, 1, ended.stream().map(Ended::attempt).toList());
      List<SendEnd> ends = ended.stream().map(Ended::end).toList();
      set(statement, 4, "text", ends, SendsTable::word);
      set(statement, 5, "integer", ends, SendEnd::statusCode);
      set(statement, 6, "text", ends, end -> storable(end.vendorId()));
      set(statement, 7, "text", ends, end -> end.reason() == null ? null : end.reason().name());
      set(statement, 8, "text", ends, end -> storable(end.detail()));
      set(statement, 9, "text", ends, end -> storable(String.join("\n", end.scripts())));
      statement.setString(10, life);
      statement.executeUpdate();
    }
  }

  void forget() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      statement.executeUpdate(FORGET);
    }
  }

  private static String word(SendEnd end) {
    return end.outcome() == null ? AGAIN : end.outcome().name();
  }

  private static SendEnd end(ResultSet row) throws SQLException {
    String ended = row.getString("ended");
    if (ended == null) {
      return null;
    }
    String scripts = row.getString("scripts");
    return new SendEnd(
        ended.equals(AGAIN) ? null : ActionOutcome.valueOf(ended),
        row.getObject("status_code", Integer.class),
        row.getString("vendor_id"),
        reason(row.getString("reason")),
        row.getString("detail"),
        scripts.isEmpty() ? List.of() : List.of(scripts.split("\n")));
  }

  /** Null also for one of a newer build. */
  private static Reason reason(String name) {
    return Stream.of(Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The one character that the database has not. */
  private static String storable(String text) {
    return text == null ? null : text.replace('\0', ' ');
  }

  private void set(PreparedStatement statement, int first, Collection<Attempt> attempts)
      throws SQLException {
    set(statement, first, "text", attempts, Attempt::actionId);
    set(statement, first + 1, "integer", attempts, Attempt::redelivery);
    set(statement, first + 2, "integer", attempts, Attempt::number);
  }

  private <T> void set(
      PreparedStatement statement,
      int index,
      String type,
      Collection<T> of,
      Function<T, Object> column)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf(type, of.stream().map(column).toArray()));
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(ANSWER_SECONDS);
    return statement;
  }
}
