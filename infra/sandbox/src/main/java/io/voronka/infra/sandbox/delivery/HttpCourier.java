package io.voronka.infra.sandbox.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one body to one address within the time limit. */
final class HttpCourier {
  private static final long LIMIT_MILLIS = 2_000;
  private static final long GRACE_MILLIS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(HttpCourier.class);
  private static final String USER_AGENT = "amoCRM-Webhooks/3.0";

  private final Vertx vertx;
  private final HttpClient client;

  /**
   * How it ended.
   *
   * @param status 0 when there was no answer
   */
  record Outcome(int status, boolean timedOut, double latencyMs, String error) {}

  HttpCourier(Vertx vertx) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) LIMIT_MILLIS)
                .setTcpNoDelay(true)
                // An idle connection that the receiver closed would cost us a false failure.
                .setKeepAliveTimeout(5)
                .setMaxRedirects(0),
            // Many slow receivers at once must not delay the others' sending.
            new PoolOptions().setHttp1MaxSize(1024));
  }

  /** Never fails: trouble is an outcome. */
  Future<Outcome> post(Delivery delivery, String requestId) {
    Promise<Outcome> done = Promise.promise();
    long started = System.nanoTime();
    RequestOptions options;
    try {
      options =
          new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(delivery.destination());
    } catch (RuntimeException badAddress) {
      return Future.succeededFuture(
          new Outcome(0, false, since(started), "bad address: " + badAddress.getMessage()));
    }
    options
        .putHeader("User-Agent", USER_AGENT)
        .putHeader("Content-Type", delivery.contentType())
        .putHeader("Accept-Encoding", "gzip")
        .putHeader("X-Amocrm-Requestid", requestId);
    delivery.headers().forEach(options::putHeader);
    open(options)
        .compose(request -> exchange(request, delivery, done, started))
        .onSuccess(
            response ->
                done.tryComplete(new Outcome(response.statusCode(), false, since(started), null)))
        .onFailure(e -> done.tryComplete(new Outcome(0, false, since(started), e.toString())));
    return done.future();
  }

  /** The receiver's two seconds begin when it is spoken to; connecting has a limit of its own. */
  private Future<HttpClientResponse> exchange(
      HttpClientRequest request, Delivery delivery, Promise<Outcome> done, long started) {
    long limit =
        vertx.setTimer(
            LIMIT_MILLIS,
            late ->
                // One more turn of the loop: an answer that lies in the socket already, unread
                // because this process was busy, was not late.
                vertx.setTimer(
                    GRACE_MILLIS,
                    tooLate -> {
                      Outcome silence = new Outcome(0, true, since(started), "no answer in 2 s");
                      if (done.tryComplete(silence)) {
                        request
                            .reset(0, null)
                            .onFailure(e -> LOG.debug("giving up on an answer: {}", e.toString()));
                      }
                    }));
    done.future().onComplete(end -> vertx.cancelTimer(limit));
    return request.send(Buffer.buffer(delivery.bytes()));
  }

  /** A sandbox that is being closed refuses by throwing. */
  private Future<HttpClientRequest> open(RequestOptions options) {
    try {
      return client.request(options);
    } catch (IllegalStateException closed) {
      return Future.failedFuture(closed);
    }
  }

  private static double since(long started) {
    return Math.round((System.nanoTime() - started) / 1000.0) / 1000.0;
  }
}
