package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls tenants' own addresses. {@code webhook-id} is the action's id, the same at every attempt:
 * by it a receiver drops repeats. Redirects are not followed.
 *
 * <p>A host is looked up and checked right before the call; the JDK keeps what it found for 30
 * seconds, so the call goes to the addresses that were checked.
 */
final class WebhookTransport implements ActionTransport {
  private static final int HTTP_THREADS = 2;
  // A lookup blocks its thread for seconds when a name server is away.
  private static final int LOOKUP_THREADS = 8;

  private final WebhookLimits limits;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor threads;
  private final ExecutorService lookups;
  private final HttpClient client;

  WebhookTransport(WebhookLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.threads = new ScheduledThreadPoolExecutor(HTTP_THREADS, named("webhook-http-"));
    threads.setRemoveOnCancelPolicy(true);
    this.lookups = Executors.newFixedThreadPool(LOOKUP_THREADS, named("webhook-lookup-"));
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(threads)
            .build();
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, AccountRow account) {
    URI uri;
    HttpRequest call;
    try {
      uri = new URI(request.getWebhook().getUrl().strip());
      SendResult problem = WebhookResults.problemOf(uri);
      if (problem != null) {
        return CompletableFuture.completedFuture(problem);
      }
      call = call(uri, request);
    } catch (URISyntaxException e) {
      return CompletableFuture.completedFuture(
          SendResult.forbidden(Reason.URL_INVALID, e.getReason()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          SendResult.denied(null, Reason.BAD_REQUEST, e.getMessage()));
    }
    CompletableFuture<SendResult> result = new CompletableFuture<>();
    try {
      Call one = new Call(call, result);
      var alarm = threads.schedule(one::late, limits.answer().toMillis(), TimeUnit.MILLISECONDS);
      lookups.execute(() -> one.start(uri.getHost()));
      return result.whenComplete((done, error) -> alarm.cancel(false));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed"));
    }
  }

  /** Nothing of a webhook can be read back. */
  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, AccountRow account, long since) {
    return CompletableFuture.completedFuture(
        ReadResult.unreadable(null, Reason.NOT_READABLE, null));
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    threads.shutdownNow();
  }

  private HttpRequest call(URI uri, ActionRequested request) {
    CallWebhook webhook = request.getWebhook();
    HttpRequest.Builder call =
        HttpRequest.newBuilder(uri)
            .timeout(limits.answer())
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    webhook.getBody().getBytes(StandardCharsets.UTF_8)));
    webhook.getHeaders().forEach(call::setHeader);
    // Last, so that an author cannot set them.
    return call.setHeader("Content-Type", webhook.getContentType())
        .setHeader("User-Agent", "Voronka/0.1")
        .setHeader("webhook-id", request.getId())
        .setHeader("webhook-timestamp", Long.toString(clock.instant().getEpochSecond()))
        .build();
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One call on its way; whatever comes first settles it. */
  private final class Call {
    private final HttpRequest request;
    private final CompletableFuture<SendResult> result;
    private volatile CompletableFuture<?> exchange;

    Call(HttpRequest request, CompletableFuture<SendResult> result) {
      this.request = request;
      this.result = result;
    }

    void start(String host) {
      try {
        for (InetAddress address : InetAddress.getAllByName(bare(host))) {
          if (!limits.allowPrivate() && !PublicAddresses.contains(address)) {
            result.complete(
                SendResult.forbidden(
                    Reason.ADDRESS_NOT_ALLOWED, host + " is not in the public internet"));
            return;
          }
        }
      } catch (UnknownHostException e) {
        result.complete(SendResult.notDone(null, 0, Reason.HOST_UNKNOWN, host));
        return;
      }
      if (!result.isDone()) {
        exchange();
      }
    }

    void late() {
      CompletableFuture<?> started = exchange;
      if (started == null) {
        result.complete(SendResult.notDone(null, 0, Reason.TIMED_OUT, "name lookup"));
      } else {
        result.complete(
            SendResult.unclear(null, Reason.TIMED_OUT, "no answer in " + limits.answer()));
        started.cancel(true);
      }
    }

    private void exchange() {
      try {
        CompletableFuture<HttpResponse<String>> sent =
            client.sendAsync(request, head -> new FirstBytes(limits.answerBytes()));
        exchange = sent;
        CompletableFuture<?> unused =
            sent.whenComplete(
                (response, error) ->
                    result.complete(
                        error == null
                            ? WebhookResults.answered(response, clock)
                            : WebhookResults.failed(error)));
      } catch (RejectedExecutionException e) {
        result.complete(SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed"));
      }
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
  }
}
