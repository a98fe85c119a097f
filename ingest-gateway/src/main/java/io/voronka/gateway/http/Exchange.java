package io.voronka.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.deliver.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One webhook request, from its headers to its answer. All but {@link #settled} happens on its
 * event loop.
 */
final class Exchange implements Receipt, Handler<Void> {
  private static final int FIRST_BYTES = 2048;

  /** Nearly every body is smaller. What is only announced, by thousands, must not fill the heap. */
  private static final int MOST_ON_TRUST = 64 << 10;

  final HttpServerRequest request;
  final String tokenSha256;

  /** The request's path, a dash for the token. */
  final String archivedPath;

  /** Null when the token is not known yet. */
  final KnownAccount account;

  private final WebhookVerticle owner;

  /** The limit, or less when less is announced: the body then grows to just that length. */
  private int mostBytes;

  private byte[] body;
  private int length;
  private Refusal refusal;
  private volatile Refusal outcome;

  long openedNanos;
  Exchange previous;
  Exchange next;

  Exchange(
      WebhookVerticle owner,
      HttpServerRequest request,
      String tokenSha256,
      String archivedPath,
      KnownAccount account,
      int maxBytes) {
    this.owner = owner;
    this.request = request;
    this.tokenSha256 = tokenSha256;
    this.archivedPath = archivedPath;
    this.account = account;
    this.mostBytes = maxBytes;
  }

  /** Starts reading the body. */
  void open() {
    long announced = announcedLength();
    if (announced > mostBytes) {
      refuse(Refusal.BODY_TOO_LARGE);
    } else if (announced < 0) {
      body = new byte[FIRST_BYTES];
    } else {
      mostBytes = (int) announced;
      body = new byte[Math.min(mostBytes, MOST_ON_TRUST)];
    }
    request.handler(this::take);
    awaitEnd();
  }

  /** Takes the query for what it says; a body, which none should have, is thrown away. */
  void openQuery() {
    String query = request.query();
    body = query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
    length = body.length;
    request.handler(ignored -> {});
    awaitEnd();
  }

  private void awaitEnd() {
    request.endHandler(ignored -> owner.complete(this));
    request.exceptionHandler(this::broken);
  }

  private void broken(Throwable failure) {
    owner.aborted(this);
    boolean left = failure instanceof IOException || failure instanceof VertxException;
    if (!left) {
      // What came is no body: a chunk without a length, say. Before an answer could leave, the
      // server closes the connection, so all that shows is the counter.
      refuse(Refusal.MALFORMED_REQUEST);
    }
  }

  /** The whole body. */
  byte[] body() {
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  /** True when it has been answered with an error already; its body is thrown away then. */
  boolean refused() {
    return refusal != null;
  }

  /** Answers with an error at once. */
  void refuse(Refusal reason) {
    if (refusal == null) {
      refusal = reason;
      body = null;
      owner.refuse(request, reason);
    }
  }

  @Override
  public void settled(Refusal reason) {
    outcome = reason;
    owner.runOnLoop(this);
  }

  @Override
  public void handle(Void ignored) {
    if (outcome == null) {
      Answers.ok(request.response());
    } else {
      refuse(outcome);
    }
  }

  private void take(Buffer chunk) {
    if (refusal != null) {
      return;
    }
    int needed = length + chunk.length();
    if (needed > mostBytes) {
      refuse(Refusal.BODY_TOO_LARGE);
      return;
    }
    if (needed > body.length) {
      body = Arrays.copyOf(body, Math.min(mostBytes, Math.max(needed, 2 * body.length)));
    }
    chunk.getBytes(body, length);
    length = needed;
  }

  private long announcedLength() {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
