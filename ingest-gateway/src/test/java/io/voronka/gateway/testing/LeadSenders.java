package io.voronka.gateway.testing;

import io.voronka.schemas.CrmEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * A CRM with many leads, each of which goes through stages 0, 1, 2 ... at its own steady pace. The
 * next stage of a lead is sent when the one before was answered 200; what gets another answer, or
 * none, is sent again, as a vendor does.
 */
public final class LeadSenders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long RETRY_MILLIS = 20;

  private final String token;
  private final IntSupplier port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final List<Thread> threads = new ArrayList<>();
  private final List<AtomicInteger> acknowledged = new ArrayList<>();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean stopping;

  private LeadSenders(String token, IntSupplier port) {
    this.token = token;
    this.port = port;
  }

  /**
   * Starts sending.
   *
   * @param port of the gateway, asked for each request
   * @param pace between two webhooks of one lead
   */
  public static LeadSenders start(String token, IntSupplier port, int leads, Duration pace) {
    LeadSenders senders = new LeadSenders(token, port);
    for (int lead = 1; lead <= leads; lead++) {
      AtomicInteger done = new AtomicInteger();
      int id = lead;
      senders.acknowledged.add(done);
      senders.threads.add(new Thread(() -> senders.send(id, done, pace), "lead-" + id));
    }
    senders.threads.forEach(Thread::start);
    return senders;
  }

  /** Webhooks answered 200 so far. */
  public int acknowledged() {
    return acknowledged.stream().mapToInt(AtomicInteger::get).sum();
  }

  /** The longest that any webhook waited for its 200. */
  public long slowestMillis() {
    return slowestMillis.get();
  }

  /** Requests that had no answer after two seconds. */
  public int timeouts() {
    return timeouts.get();
  }

  /** Answers other than 200. */
  public int refusals() {
    return refusals.get();
  }

  /** Ends after the webhooks that are on their way. */
  public void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Stage numbers of every lead that was answered 200, by lead. */
  public Map<String, List<String>> expected() {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (int lead = 1; lead <= acknowledged.size(); lead++) {
      List<String> stages = new ArrayList<>();
      for (int stage = 0; stage < acknowledged.get(lead - 1).get(); stage++) {
        stages.add(Integer.toString(stage));
      }
      expected.put(Integer.toString(lead), stages);
    }
    return expected;
  }

  /** Stage numbers by lead, in the order of their first occurrence. */
  public static Map<String, List<String>> stagesOf(List<CrmEvent> events) {
    Map<String, LinkedHashSet<String>> stages = new LinkedHashMap<>();
    for (CrmEvent event : events) {
      if (!event.getSubjectId().isEmpty()) {
        stages
            .computeIfAbsent(event.getSubjectId(), lead -> new LinkedHashSet<>())
            .add(event.getFields().get("status_id"));
      }
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    stages.forEach((lead, seen) -> lists.put(lead, List.copyOf(seen)));
    return lists;
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }

  private void send(int lead, AtomicInteger done, Duration pace) {
    try {
      while (!stopping) {
        long start = System.nanoTime();
        if (answered(lead, done.get())) {
          done.incrementAndGet();
          long spent = System.nanoTime() - start;
          slowestMillis.accumulateAndGet(spent / 1_000_000, Math::max);
          TimeUnit.NANOSECONDS.sleep(pace.toNanos() - spent);
        } else {
          TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answered(int lead, int stage) throws InterruptedException {
    String entity = "leads[status][0]";
    String body =
        "account[id]=31337001&account[subdomain]=acme&"
            + (entity + "[id]=" + lead + "&" + entity + "[status_id]=" + stage + "&")
            + (entity + "[pipeline_id]=7&" + entity + "[last_modified]=" + (1_700_000_000 + stage));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port.getAsInt() + "/webhooks/kommo/" + token))
            .timeout(PATIENCE)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        refusals.incrementAndGet();
      }
      return status == 200;
    } catch (HttpTimeoutException e) {
      timeouts.incrementAndGet();
      return false;
    } catch (IOException e) {
      // Nobody listens, or the connection broke: sent again.
      return false;
    }
  }
}
