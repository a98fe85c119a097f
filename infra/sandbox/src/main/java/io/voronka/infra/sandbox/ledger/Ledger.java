package io.voronka.infra.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.delivery.Delivery;
import io.voronka.infra.sandbox.journal.AppendLog;
import io.voronka.infra.sandbox.journal.JournalPage;
import io.voronka.infra.sandbox.kommo.state.Change;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The ledger file. A line is a {@link LedgerEntry} plus {@code changes} (after-images) and {@code
 * outbox} (webhooks to send), so that an effect, its state and its webhooks become durable together
 * or not at all.
 */
public final class Ledger implements AutoCloseable {
  /** Fields that only a restart needs; readers do not see them. */
  private static final List<String> INTERNAL = List.of("changes", "outbox", "state");

  private final AppendLog log;
  private final SandboxClock clock;

  private Ledger(AppendLog log, SandboxClock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Opens the file and hands its lines, parsed, to {@code replay} in order.
   *
   * @throws IOException when the disk fails or a line other than a torn last one is damaged
   */
  public static Ledger open(Path file, Executor loop, SandboxClock clock, Consumer<JsonNode> replay)
      throws IOException {
    AppendLog log =
        AppendLog.open(
            file,
            loop,
            (number, bytes) -> {
              try {
                replay.accept(Json.parse(bytes));
              } catch (IOException e) {
                throw new UncheckedIOException(file + " is damaged at line " + number, e);
              }
            });
    return new Ledger(log, clock);
  }

  /** The number of the next line; also what webhook ids are made from. */
  public long nextSeq() {
    return log.next();
  }

  /** What {@link #append} gives: the entry as written, and when it is on disk. */
  public record Appended(LedgerEntry entry, Future<Void> durable) {}

  /**
   * Writes one line.
   *
   * @param state further data of the line for a restart, or null
   */
  public Appended append(
      EntryDraft draft, List<Change> changes, List<Delivery> outbox, ObjectNode state) {
    LedgerEntry entry = draft.entry(log.next(), clock.now());
    ObjectNode line = (ObjectNode) Json.tree(entry);
    if (!changes.isEmpty()) {
      ArrayNode array = line.putArray("changes");
      changes.forEach(
          c -> array.addObject().put("kind", c.kind().name()).set("value", Json.tree(c.value())));
    }
    if (!outbox.isEmpty()) {
      line.set("outbox", Json.tree(outbox));
    }
    if (state != null) {
      line.set("state", state);
    }
    Promise<Void> durable = Promise.promise();
    log.append(Json.bytes(line), settle(durable));
    return new Appended(entry, durable.future());
  }

  /** Completes when all that was appended so far is on disk: reads wait for it too. */
  public Future<Void> durable() {
    Promise<Void> durable = Promise.promise();
    log.whenDurable(settle(durable));
    return durable.future();
  }

  /** Reads on from line {@code after}; blocks on the disk, so not on the event loop. */
  public JournalPage read(long after, int limit, Predicate<JsonNode> wanted) throws IOException {
    JournalPage page = JournalPage.read(log, after, limit, wanted);
    page.lines().forEach(line -> ((ObjectNode) line).remove(INTERNAL));
    return page;
  }

  /** The whole line, internals included; null when there is none. */
  public JsonNode line(long seq) throws IOException {
    List<byte[]> lines = log.read(seq - 1, 1);
    return lines.isEmpty() ? null : Json.parse(lines.get(0));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private static AppendLog.Ack settle(Promise<Void> promise) {
    return failure -> {
      if (failure == null) {
        promise.complete();
      } else {
        promise.fail(failure);
      }
    };
  }
}
