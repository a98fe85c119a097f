package io.voronka.infra.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.voronka.infra.sandbox.Sandbox;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.IntegrationSpec;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A sandbox with the account {@code acme}, and a caller of its REST API. */
public final class SandboxWorld implements AutoCloseable {
  public static final long PIPELINE = 7300100;
  public static final long FIRST_STAGE = 64100200;
  public static final long SECOND_STAGE = 64100300;
  public static final long MARK_FIELD = 600001;
  public static final String CLIENT_ID = "client-1";
  public static final String CLIENT_SECRET = "toy-secret";
  public static final String ACCESS = "access-1";
  public static final String REFRESH = "refresh-1";
  public static final String REDIRECT = "https://example.test/oauth";
  private static final Limits GENEROUS = new Limits(100_000, 1, 50, 60, 60);

  private final Sandbox sandbox;
  private final SandboxClient client;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private SandboxWorld(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.client = new SandboxClient(sandbox.address());
  }

  /** A new sandbox whose account has practically no request limit. */
  public static SandboxWorld open(Path data) throws IOException {
    return open(data, GENEROUS);
  }

  public static SandboxWorld open(Path data, Limits limits) throws IOException {
    SandboxWorld world = new SandboxWorld(Sandbox.start(data));
    world.client.openAccount(account(31337001, "acme").with(limits));
    return world;
  }

  /** A sandbox on a folder that has an account already. */
  public static SandboxWorld reopen(Path data) throws IOException {
    return new SandboxWorld(Sandbox.start(data));
  }

  public static AccountSpec account(long id, String subdomain) {
    return AccountSpec.of(id, subdomain)
        .with(IntegrationSpec.of(CLIENT_ID, CLIENT_SECRET, ACCESS, REFRESH));
  }

  public SandboxClient client() {
    return client;
  }

  /** Of the mail server. */
  public int smtpPort() {
    return sandbox.smtpPort();
  }

  public KommoClient kommo() {
    return client.kommo("acme");
  }

  /** A lead in the first stage that nobody was told about. */
  public long lead() {
    return kommo().createLeadSilently("Lead", PIPELINE, FIRST_STAGE);
  }

  /** An answer of the REST API. */
  public record Answer(int status, String type, HttpResponse<byte[]> raw) {
    public JsonNode json() {
      try {
        return raw.body().length == 0 ? MissingNode.getInstance() : Json.parse(raw.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON", e);
      }
    }
  }

  /** Calls {@code acme} with the first access token. */
  public Answer call(String method, String path, String body) throws IOException {
    return call(method, "/kommo/acme" + path, body, ACCESS, "application/json");
  }

  /** Calls any path; {@code token} and {@code body} may be null. */
  public Answer call(String method, String path, String body, String token, String type)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sandbox.address() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
