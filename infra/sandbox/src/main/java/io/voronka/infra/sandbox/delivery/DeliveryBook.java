package io.voronka.infra.sandbox.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voronka.infra.sandbox.journal.AppendLog;
import io.voronka.infra.sandbox.journal.JournalPage;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of attempts, on disk. Nobody waits for it: a lost line means one more attempt. */
public final class DeliveryBook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryBook.class);

  private final AppendLog log;

  private DeliveryBook(AppendLog log) {
    this.log = log;
  }

  public static DeliveryBook open(Path file, Executor loop, Consumer<Attempt> replay)
      throws IOException {
    return new DeliveryBook(
        AppendLog.open(
            file,
            loop,
            (number, bytes) -> {
              try {
                replay.accept(Json.read(Json.parse(bytes), Attempt.class));
              } catch (IOException e) {
                throw new UncheckedIOException(file + " is damaged at line " + number, e);
              }
            }));
  }

  long nextSeq() {
    return log.next();
  }

  void append(Attempt attempt) {
    log.append(
        Json.bytes(attempt),
        failure -> {
          if (failure != null) {
            LOG.error("an attempt of delivery {} is not on disk", attempt.delivery(), failure);
          }
        });
  }

  /** Completes when all attempts so far are on disk, and so to be read. */
  public Future<Void> durable() {
    Promise<Void> durable = Promise.promise();
    log.whenDurable(
        failure -> {
          if (failure == null) {
            durable.complete();
          } else {
            durable.fail(failure);
          }
        });
    return durable.future();
  }

  /** Reads on from line {@code after}; blocks on the disk, so not on the event loop. */
  public JournalPage read(long after, int limit, Predicate<JsonNode> wanted) throws IOException {
    return JournalPage.read(log, after, limit, wanted);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
