package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests over the JDK's HTTP client: four threads for any number of requests, and no
 * library to load.
 *
 * <p>Tells apart what was certainly not sent from what may have been. Redirects are not followed:
 * they would carry the token to another host. Thread-safe.
 */
final class HttpExchange implements AutoCloseable {
  private static final int THREADS = 2;
  private static final String USER_AGENT = "Voronka/0.1";

  private final HttpLimits limits;
  private final ExecutorService threads;
  private final ScheduledThreadPoolExecutor alarms;
  private final HttpClient client;
  private final Set<CompletableFuture<CrmReply<HttpAnswer>>> underWay =
      ConcurrentHashMap.newKeySet();
  private final Set<CompletableFuture<Void>> pauses = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  HttpExchange(HttpLimits limits) {
    this.limits = limits;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            THREADS, task -> daemon(task, "crm-http-" + number.incrementAndGet()));
    // Apart: the client looks up names in its threads, and a name server that is away blocks those
    // for longer than any request may take.
    alarms = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "crm-alarm"));
    alarms.setRemoveOnCancelPolicy(true);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(threads)
            .build();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A moment that many milliseconds from now, or that of closing. */
  CompletableFuture<Void> after(long millis) {
    if (millis <= 0) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> pause = new CompletableFuture<>();
    pauses.add(pause);
    try {
      var alarm = alarms.schedule(() -> pause.complete(null), millis, TimeUnit.MILLISECONDS);
      return pause.whenComplete(
          (none, error) -> {
            alarm.cancel(false);
            pauses.remove(pause);
          });
    } catch (RejectedExecutionException e) {
      pauses.remove(pause);
      return CompletableFuture.completedFuture(null);
    }
  }

  /**
   * Sends one request.
   *
   * @param json body, null for none
   * @param bearer access token, null for none
   * @return an answer of any status, or a failure when there is none
   */
  CompletableFuture<CrmReply<HttpAnswer>> send(String method, URI uri, byte[] json, String bearer) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (bearer != null) {
      headers.put("Authorization", "Bearer " + bearer);
    }
    if (json != null) {
      headers.put("Content-Type", "application/json");
    }
    return sendWith(headers, method, uri, json);
  }

  /**
   * As above, with all headers that say who asks and what is sent.
   *
   * @param body null for none
   */
  CompletableFuture<CrmReply<HttpAnswer>> sendWith(
      Map<String, String> headers, String method, URI uri, byte[] body) {
    HttpRequest request;
    try {
      request = request(method, uri, body, headers);
    } catch (IllegalArgumentException e) {
      // its message would repeat the token that is no header value
      return CompletableFuture.completedFuture(
          CrmReply.failed(
              CrmFailure.before(
                  CrmFailure.Kind.INVALID,
                  0,
                  "the address or the token cannot be sent over HTTP")));
    }
    CompletableFuture<CrmReply<HttpAnswer>> result = new CompletableFuture<>();
    underWay.add(result);
    if (closed.get()) {
      settle(result, CrmReply.failed(notSent("the client is closed")));
      return result;
    }
    try {
      send(request, result);
    } catch (RejectedExecutionException e) {
      settle(result, CrmReply.failed(closedMeanwhile()));
    }
    return result;
  }

  /**
   * What hangs on the exchange settles the result and cannot fail, so its own future says nothing.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(HttpRequest request, CompletableFuture<CrmReply<HttpAnswer>> result) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new CappedBody(limits.answerBytes()));
    // The client's own time-out ends with the answer's first bytes; this one covers the last ones
    // too.
    ScheduledFuture<?> alarm =
        alarms.schedule(
            () -> {
              settle(result, CrmReply.failed(noAnswerInTime()));
              exchange.cancel(true);
            },
            limits.answer().toMillis(),
            TimeUnit.MILLISECONDS);
    exchange.whenComplete(
        (response, failure) -> {
          alarm.cancel(false);
          settle(
              result,
              failure == null
                  ? CrmReply.of(
                      new HttpAnswer(response.statusCode(), response.headers(), response.body()))
                  : CrmReply.failed(failure(failure)));
        });
  }

  private HttpRequest request(String method, URI uri, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(limits.answer())
            .header("User-Agent", USER_AGENT)
            .header("Accept", "application/hal+json, application/json, application/problem+json");
    headers.forEach(request::header);
    return request
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  @Override
  public void close() {
    closed.set(true);
    threads.shutdownNow();
    alarms.shutdownNow();
    pauses.forEach(pause -> pause.complete(null));
    for (CompletableFuture<CrmReply<HttpAnswer>> waiting : underWay) {
      settle(waiting, CrmReply.failed(closedMeanwhile()));
    }
  }

  private void settle(CompletableFuture<CrmReply<HttpAnswer>> result, CrmReply<HttpAnswer> reply) {
    underWay.remove(result);
    result.complete(reply);
  }

  private CrmFailure failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof HttpConnectTimeoutException) {
      return CrmFailure.before(
          CrmFailure.Kind.TIMEOUT, 0, "no connection within " + limits.connect());
    }
    if (cause instanceof HttpTimeoutException || cause instanceof CancellationException) {
      return noAnswerInTime();
    }
    if (cause instanceof ConnectException || cause instanceof SSLHandshakeException) {
      return notSent("no connection: " + describe(cause));
    }
    if (cause instanceof CappedBody.TooLargeException) {
      return CrmFailure.uncertain(CrmFailure.Kind.UNEXPECTED_ANSWER, 0, cause.getMessage());
    }
    return CrmFailure.uncertain(
        CrmFailure.Kind.CONNECTION, 0, "the connection broke: " + describe(cause));
  }

  private CrmFailure noAnswerInTime() {
    return CrmFailure.uncertain(
        CrmFailure.Kind.TIMEOUT, 0, "no whole answer within " + limits.answer());
  }

  private static CrmFailure closedMeanwhile() {
    return CrmFailure.uncertain(CrmFailure.Kind.CONNECTION, 0, "the client was closed meanwhile");
  }

  private static CrmFailure notSent(String detail) {
    return CrmFailure.before(CrmFailure.Kind.CONNECTION, 0, detail);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + message;
  }
}
