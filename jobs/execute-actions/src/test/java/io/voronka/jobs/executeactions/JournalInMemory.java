package io.voronka.jobs.executeactions;

import io.voronka.jobs.executeactions.domain.BegunSend;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendJournal;
import io.voronka.schemas.ActionOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One for all lives of a job; may be out of reach. */
public final class JournalInMemory {
  /** When all attempts are begun. */
  public static final long BEGUN_AT = Requests.NOW + 7;

  private static final Set<ActionOutcome> NOT_SENT =
      Set.of(ActionOutcome.FAILED, ActionOutcome.REFUSED);

  private final Map<String, Row> rows = new HashMap<>();
  private int lives;
  private boolean away;
  private boolean silent;

  private record Row(int life, SendJournal.Attempt attempt, SendEnd end) {
    /** Whatever life has begun it, it has not done it. */
    boolean isNotDone(SendJournal.Attempt wanted) {
      return end != null
          && (end.outcome() == null
              || NOT_SENT.contains(end.outcome()) && attempt.redelivery() < wanted.redelivery());
    }

    boolean isDone() {
      return end != null && end.outcome() == ActionOutcome.CONFIRMED;
    }
  }

  /** Whether it cannot be asked from now on; what it is told is lost. */
  public void away(boolean now) {
    away = now;
  }

  /** Whether it neither answers nor writes anything from now on. */
  public void silent(boolean now) {
    silent = now;
  }

  /** The job as it is now; it ends when another begins, or does not know that it is over. */
  public SendJournal life() {
    int life = ++lives;
    return new SendJournal() {
      @Override
      public CompletionStage<JournalAnswer> begin(Attempt attempt) {
        return answer(() -> begun(life, attempt));
      }

      @Override
      public CompletionStage<JournalAnswer> find(Attempt attempt) {
        return answer(() -> told(rows.get(attempt.actionId()), attempt));
      }

      @Override
      public void ended(Attempt attempt, SendEnd end) {
        Row row = rows.get(attempt.actionId());
        if (!away && row != null && row.life() == life && row.attempt().equals(attempt)) {
          rows.put(attempt.actionId(), new Row(life, attempt, end));
        }
      }

      @Override
      public void close() {}
    };
  }

  private JournalAnswer begun(int life, SendJournal.Attempt attempt) {
    Row row = rows.get(attempt.actionId());
    JournalAnswer answer =
        row != null && row.life() == life && !row.isDone()
            ? JournalAnswer.free()
            : told(row, attempt);
    if (answer.kind() == JournalAnswer.Kind.FREE) {
      rows.put(attempt.actionId(), new Row(life, attempt, null));
    }
    return answer;
  }

  private static JournalAnswer told(Row row, SendJournal.Attempt attempt) {
    return row == null || row.isNotDone(attempt)
        ? JournalAnswer.free()
        : JournalAnswer.begun(new BegunSend(row.attempt().number(), BEGUN_AT, row.end()));
  }

  private CompletionStage<JournalAnswer> answer(Supplier<JournalAnswer> question) {
    if (silent) {
      return new CompletableFuture<>();
    }
    return away
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(question.get());
  }
}
