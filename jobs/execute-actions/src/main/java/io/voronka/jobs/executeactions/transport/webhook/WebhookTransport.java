package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.DaemonThreads;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.jobs.executeactions.transport.address.RefusedAddressException;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.SigningKeyRow;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls tenants' own addresses as Standard Webhooks has it. {@code webhook-id} is the action's id,
 * the same at every attempt: by it a receiver drops repeats. Redirects are not followed.
 *
 * <p>A host is looked up once for each call, its addresses are checked, and the connection is made
 * to the very address that was checked: whatever the name server says next changes nothing.
 */
public final class WebhookTransport implements ActionTransport {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTransport.class);

  // A lookup blocks its thread for seconds when a name server is away: enough of them that a dozen
  // such hosts, with four calls each, leave some to the others.
  private static final int LOOKUP_THREADS = 64;

  private final WebhookLimits limits;
  private final AllowedHost hosts;
  private final Secrets secrets;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor alarms;
  private final ExecutorService lookups;
  private final CloseableHttpAsyncClient client;

  private WebhookTransport(WebhookLimits limits, AllowedHost hosts, Secrets secrets, Clock clock) {
    this.limits = limits;
    this.hosts = hosts;
    this.secrets = secrets;
    this.clock = clock;
    this.alarms = new ScheduledThreadPoolExecutor(1, new DaemonThreads("webhook-alarm-"));
    alarms.setRemoveOnCancelPolicy(true);
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("webhook-lookup-"));
    threads.allowCoreThreadTimeOut(true);
    this.lookups = threads;
    this.client = PlainClient.of(limits);
  }

  /** Starts threads; {@link #close} ends them. */
  public static WebhookTransport start(
      WebhookLimits limits, AllowedHost hosts, Secrets secrets, Clock clock) {
    WebhookTransport transport = new WebhookTransport(limits, hosts, secrets, clock);
    transport.client.start();
    return transport;
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means means) {
    CallWebhook webhook = request.getWebhook();
    Optional<SendResult> problem =
        WebhookUrl.problemOf(webhook.getUrl())
            .or(() -> CallContent.problemOf(webhook, limits.requestBytes()));
    if (problem.isPresent()) {
      return CompletableFuture.completedFuture(problem.get());
    }
    Call call = new Call(request, means.signingKey());
    try {
      var alarm = alarms.schedule(call::late, limits.answer().toMillis(), TimeUnit.MILLISECONDS);
      lookups.execute(call::start);
      return call.result.whenComplete((done, error) -> alarm.cancel(false));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed"));
    }
  }

  /** Nothing of a webhook can be read back. */
  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
    return CompletableFuture.completedFuture(
        ReadResult.unreadable(null, Reason.NOT_READABLE, null));
  }

  @Override
  public void close() {
    lookups.shutdownNow();
    alarms.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  /** One call on its way; whatever comes first settles it. */
  private final class Call {
    final CompletableFuture<SendResult> result = new CompletableFuture<>();
    private final ActionRequested request;
    private final URI uri;
    private final SigningKeyRow signingKey;
    private final FirstBytes answer;
    private volatile Future<?> exchange;

    /**
     * @param signingKey null: not signed
     */
    Call(ActionRequested request, SigningKeyRow signingKey) {
      this.request = request;
      this.uri = WebhookUrl.of(request.getWebhook().getUrl());
      this.signingKey = signingKey;
      this.answer =
          new FirstBytes(
              limits.answerBytes(), said -> result.complete(WebhookResults.answered(said, clock)));
    }

    void start() {
      try {
        List<byte[]> keys = keys();
        InetAddress address = hosts.address(uri.getHost());
        if (!result.isDone()) {
          exchange(address, keys);
        }
      } catch (RefusedAddressException e) {
        result.complete(SendResult.forbidden(e.reason(), e.getMessage()));
      } catch (UnknownHostException e) {
        result.complete(SendResult.notDone(null, 0, Reason.HOST_UNKNOWN, uri.getHost()));
      } catch (UnresolvedSecretException e) {
        result.complete(SendResult.notDone(null, 0, Reason.CREDENTIALS_MISSING, e.getMessage()));
      } catch (WebhookSignature.BadSecretException e) {
        result.complete(
            SendResult.notDone(
                null,
                0,
                Reason.CREDENTIALS_INVALID,
                "signing key " + signingKey.getKeyId() + ": " + e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("a webhook could not be sent", e);
        result.complete(
            SendResult.notDone(null, 0, Reason.INTERNAL_ERROR, e.getClass().getSimpleName()));
      }
    }

    void late() {
      Future<?> started = exchange;
      if (started == null) {
        result.complete(SendResult.notDone(null, 0, Reason.TIMED_OUT, "name lookup"));
        return;
      }
      // A status says all that matters: a body that goes on dripping does not undo it.
      if (!answer.tellSoFar()) {
        result.complete(
            SendResult.unclear(null, Reason.TIMED_OUT, "no answer in " + limits.answer()));
      }
      started.cancel(true);
    }

    /** Looked up at every call, so that a new secret is used at once. */
    private List<byte[]> keys()
        throws UnresolvedSecretException, WebhookSignature.BadSecretException {
      List<byte[]> keys = new ArrayList<>();
      if (signingKey != null) {
        for (String reference : signingKey.getSecretReferences()) {
          keys.add(WebhookSignature.key(secrets.resolve(SecretReference.parse(reference))));
        }
      }
      return keys;
    }

    private void exchange(InetAddress address, List<byte[]> keys) {
      String host = uri.getHost();
      String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      HttpHost target = new HttpHost(uri.getScheme(), address, name, uri.getPort());
      exchange = client.execute(target, call(keys), answer, null, null, new FailuresOnly(result));
    }

    private AsyncRequestProducer call(List<byte[]> keys) {
      CallWebhook webhook = request.getWebhook();
      long timestamp = clock.instant().getEpochSecond();
      byte[] body = CallContent.body(webhook);
      AsyncRequestBuilder call = AsyncRequestBuilder.create(Method.POST.name()).setUri(uri);
      webhook.getHeaders().forEach(call::setHeader);
      // Last, so that an author cannot set them.
      call.setHeader("User-Agent", "Voronka/0.1")
          .setHeader("webhook-id", request.getId())
          .setHeader("webhook-timestamp", Long.toString(timestamp))
          .removeHeaders("webhook-signature")
          .removeHeaders("Content-Type")
          .setEntity(
              new BasicAsyncEntityProducer(body, ContentType.parse(webhook.getContentType())));
      if (!keys.isEmpty()) {
        call.setHeader(
            "webhook-signature", WebhookSignature.of(keys, request.getId(), timestamp, body));
      }
      return call.build();
    }
  }

  /** The answer itself is told by the one that reads it. */
  private record FailuresOnly(CompletableFuture<SendResult> result)
      implements FutureCallback<Void> {
    @Override
    public void completed(Void nothing) {}

    @Override
    public void failed(Exception error) {
      result.complete(WebhookResults.failed(error));
    }

    @Override
    public void cancelled() {
      result.complete(SendResult.unclear(null, Reason.TIMED_OUT, "cancelled"));
    }
  }
}
