package io.voronka.infra.sandbox.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** JSON over HTTP to the admin API; anything but 2xx is a {@link SandboxException}. */
final class AdminHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String address;

  AdminHttp(String address) {
    this.address = address;
  }

  String address() {
    return address;
  }

  <T> T get(String path, Class<T> type) {
    return Json.read(call("GET", path, null), type);
  }

  <T> T send(String method, String path, Object body, Class<T> type) {
    return Json.read(call(method, path, body), type);
  }

  /** The answer's body; a missing node when there is none. */
  JsonNode call(String method, String path, Object body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw new SandboxException(
            response.statusCode(),
            method
                + " "
                + path
                + " answered "
                + response.statusCode()
                + ": "
                + new String(response.body(), StandardCharsets.UTF_8),
            null);
      }
      return response.body().length == 0 ? MissingNode.getInstance() : Json.parse(response.body());
    } catch (IOException e) {
      throw new SandboxException(0, method + " " + path + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(0, method + " " + path + " was interrupted", e);
    }
  }
}
