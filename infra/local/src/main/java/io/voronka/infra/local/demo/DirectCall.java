package io.voronka.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A call to the CRM that goes past the executor. */
final class DirectCall {
  private DirectCall() {}

  static void post(String address, String accessToken, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + accessToken)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      int status = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("the CRM answered " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the CRM cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
