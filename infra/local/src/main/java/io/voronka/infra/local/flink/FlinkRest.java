package io.voronka.infra.local.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.flink.FlinkException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests and JSON answers; every way of failing becomes a {@link FlinkException}. */
final class FlinkRest {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final Duration RUN_WITHIN = Duration.ofSeconds(120);
  private static final String BOUNDARY = "voronka-job-jar-boundary";

  private final URI base;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  FlinkRest(URI base) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text : text + "/");
  }

  URI base() {
    return base;
  }

  ObjectMapper json() {
    return json;
  }

  JsonNode get(String path) {
    return send(request(path, ANSWER_WITHIN).GET());
  }

  /**
   * As {@link #get(String)}; of a server that is not Flink's the field is not expected.
   *
   * @param field that the answer always has
   */
  JsonNode get(String path, String field) {
    JsonNode answer = get(path);
    if (!answer.has(field)) {
      throw foreign(200, null);
    }
    return answer;
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        request(path, RUN_WITHIN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  JsonNode patch(String path) {
    return send(request(path, ANSWER_WITHIN).method("PATCH", BodyPublishers.noBody()));
  }

  void delete(String path) {
    send(request(path, ANSWER_WITHIN).DELETE());
  }

  JsonNode upload(String path, Path jar) {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
    try {
      BodyPublisher body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofFile(jar),
              BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
      return send(
          request(path, RUN_WITHIN)
              .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
              .POST(body));
    } catch (IOException e) {
      throw new FlinkException(Reason.REFUSED, "cannot read the jar " + jar, e);
    }
  }

  private HttpRequest.Builder request(String path, Duration within) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(within);
  }

  private JsonNode send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    HttpResponse<String> answer;
    try {
      answer = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new FlinkException(
          Reason.UNREACHABLE, "no Flink cluster answers at " + base + " (" + why(e) + ")", e);
    } catch (IllegalArgumentException e) {
      throw new FlinkException(
          Reason.UNREACHABLE, base + " is no address (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkException(Reason.UNREACHABLE, "interrupted", e);
    }
    if (answer.statusCode() >= 300) {
      String refusal = refusal(answer.body());
      if (refusal.isEmpty()) {
        throw foreign(answer.statusCode(), null);
      }
      Reason reason = answer.statusCode() == 404 ? Reason.NO_SUCH_JOB : Reason.REFUSED;
      throw new FlinkException(
          reason,
          "Flink answered %d to %s %s: %s"
              .formatted(answer.statusCode(), request.method(), request.uri().getPath(), refusal));
    }
    try {
      return answer.body().isBlank() ? json.createObjectNode() : json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw foreign(answer.statusCode(), e);
    }
  }

  /** A proxy's error page, or another server. */
  private FlinkException foreign(int status, Exception cause) {
    return new FlinkException(
        Reason.UNREACHABLE,
        "%s answers (%d), but not as a Flink cluster does".formatted(base, status),
        cause);
  }

  /** The client's own exceptions often say nothing. */
  private static String why(IOException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return "the host is not known";
      }
    }
    return failure instanceof ConnectException && failure.getMessage() == null
        ? "the connection was refused"
        : failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Why Flink refused; empty when it is not Flink that answers. */
  private String refusal(String body) {
    try {
      List<String> causes = new ArrayList<>();
      json.readTree(body).path("errors").forEach(e -> causes.add(Trace.cause(e.asText())));
      return String.join("\n  ", causes);
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
