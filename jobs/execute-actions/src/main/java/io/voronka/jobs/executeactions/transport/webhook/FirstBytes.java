package io.voronka.jobs.executeactions.transport.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * An answer's status, and the beginning of its body for people to read. What comes after the limit
 * is not waited for: the status says all that matters, and an endless body must not hold a place in
 * the queue.
 */
final class FirstBytes implements AsyncResponseConsumer<Void> {
  private final int limit;
  private final Consumer<Answer> told;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile HttpResponse head;
  private FutureCallback<Void> end;

  /** What a receiver said. */
  record Answer(int status, String retryAfter, String body) {}

  /** The answer is told when its body ends, breaks off or goes over the limit. */
  FirstBytes(int limit, Consumer<Answer> told) {
    this.limit = limit;
    this.told = told;
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails body, HttpContext context, FutureCallback<Void> done) {
    head = response;
    end = done;
    if (body == null) {
      tell();
      done.completed(null);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(limit);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    byte[] part = new byte[Math.min(source.remaining(), limit - bytes.size())];
    source.get(part);
    bytes.write(part, 0, part.length);
    if (bytes.size() >= limit) {
      tell();
      throw new IOException("longer than is read; the connection is given up");
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    tell();
    end.completed(null);
  }

  /** When the status has arrived, a body that breaks off does not change it. */
  @Override
  public void failed(Exception cause) {
    if (head != null) {
      tell();
    }
  }

  @Override
  public void releaseResources() {}

  /**
   * Tells what is known now, whatever thread asks, when the status has arrived; its body counts as
   * broken off.
   *
   * @return false: there is no status yet
   */
  boolean tellSoFar() {
    if (head == null) {
      return false;
    }
    tell();
    return true;
  }

  private void tell() {
    Header retryAfter = head.getFirstHeader("Retry-After");
    told.accept(
        new Answer(
            head.getCode(),
            retryAfter == null ? "" : retryAfter.getValue(),
            bytes.toString(StandardCharsets.UTF_8)));
  }
}
