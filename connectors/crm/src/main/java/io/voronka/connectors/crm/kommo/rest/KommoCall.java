package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.RequestPace;
import io.voronka.connectors.crm.tokens.AccessToken;
import io.voronka.connectors.crm.tokens.AccessTokens;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One call: token, request, once more with a new token after a 401, answer or failure. */
final class KommoCall {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String API = "/api/v4";
  private static final int NO_CONTENT = 204;

  private final HttpExchange http;
  private final AccessTokens tokens;
  private final KommoFailures failures;

  KommoCall(HttpExchange http, AccessTokens tokens, KommoFailures failures) {
    this.http = http;
    this.tokens = tokens;
    this.failures = failures;
  }

  /** A part of a request that may turn out to be impossible. */
  @FunctionalInterface
  interface Part<T> {
    T make() throws InvalidRequestException;
  }

  /** What the caller asks cannot be said to the vendor; the message says why. */
  static class InvalidRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
      super(message);
    }
  }

  /** One of several things in one request cannot be said. */
  static final class ImpossibleItemException extends InvalidRequestException {
    private static final long serialVersionUID = 1L;
    private final int item;

    ImpossibleItemException(int item, String message) {
      super(message);
      this.item = item;
    }
  }

  /** A successful answer; its JSON is an empty object where there is none. */
  record Answer(int status, JsonNode json) {}

  /** What 204 means to a reader. */
  enum WhenEmpty {
    NOT_FOUND,
    EMPTY_OBJECT
  }

  <T> CompletableFuture<CrmReply<T>> write(
      CrmAccount account,
      String method,
      Part<String> path,
      Part<JsonNode> body,
      Function<Answer, T> reader) {
    String madePath;
    byte[] madeBody;
    try {
      madePath = path.make();
      madeBody = JSON.writeValueAsBytes(body.make());
    } catch (InvalidRequestException e) {
      return invalid(e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
    // The vendor said yes: an odd body does not undo it, it only has no id for us.
    return send(account, method, madePath, madeBody)
        .thenApply(
            reply ->
                reply.fold(
                    answer ->
                        CrmReply.of(reader.apply(new Answer(answer.status(), lenient(answer)))),
                    CrmReply::failed));
  }

  <T> CompletableFuture<CrmReply<T>> read(
      CrmAccount account, Part<String> path, WhenEmpty whenEmpty, Function<JsonNode, T> reader) {
    String madePath;
    try {
      madePath = path.make();
    } catch (InvalidRequestException e) {
      return invalid(e);
    }
    return send(account, "GET", madePath, null)
        .thenApply(
            reply ->
                reply.fold(answer -> understood(answer, whenEmpty, reader), CrmReply::<T>failed));
  }

  private CompletableFuture<CrmReply<HttpAnswer>> send(
      CrmAccount account, String method, String path, byte[] body) {
    URI uri = URI.create(account.apiBase() + API + path);
    return tokens
        .current(account)
        .thenCompose(
            token ->
                token.isOk()
                    ? once(account, method, uri, body, token.value())
                        .thenCompose(
                            reply ->
                                isUnauthorized(reply)
                                    ? again(account, method, uri, body, token.value())
                                    : CompletableFuture.completedFuture(reply))
                    : CompletableFuture.completedFuture(CrmReply.failed(token.failure())));
  }

  private CompletableFuture<CrmReply<HttpAnswer>> again(
      CrmAccount account, String method, URI uri, byte[] body, AccessToken refused) {
    return tokens
        .insteadOf(account, refused)
        .thenCompose(
            token ->
                token.isOk()
                    ? once(account, method, uri, body, token.value())
                    : CompletableFuture.completedFuture(CrmReply.failed(token.failure())));
  }

  /** Succeeds for 2xx only. */
  private CompletableFuture<CrmReply<HttpAnswer>> once(
      CrmAccount account, String method, URI uri, byte[] body, AccessToken token) {
    RequestPace pace = account.pace();
    return http.after(pace.begin())
        .thenCompose(now -> http.send(method, uri, body, token.value()))
        .thenApply(
            reply -> {
              pace.answered();
              return reply.isOk() && reply.value().status() / 100 != 2
                  ? CrmReply.failed(failures.of(reply.value()))
                  : reply;
            });
  }

  private static boolean isUnauthorized(CrmReply<HttpAnswer> reply) {
    return !reply.isOk() && reply.failure().kind() == CrmFailure.Kind.UNAUTHORIZED;
  }

  private static <T> CrmReply<T> understood(
      HttpAnswer answer, WhenEmpty whenEmpty, Function<JsonNode, T> reader) {
    if (answer.status() == NO_CONTENT || answer.body().length == 0) {
      return whenEmpty == WhenEmpty.NOT_FOUND
          ? CrmReply.failed(
              CrmFailure.before(
                  CrmFailure.Kind.NOT_FOUND, answer.status(), "there is no such entity"))
          : CrmReply.of(reader.apply(JSON.createObjectNode()));
    }
    try {
      JsonNode json = JSON.readTree(answer.body());
      if (json != null && json.isObject()) {
        return CrmReply.of(reader.apply(json));
      }
    } catch (IOException e) {
      // told below, as for JSON that is no object
    }
    return CrmReply.failed(
        CrmFailure.before(
            CrmFailure.Kind.UNEXPECTED_ANSWER, answer.status(), "the answer is no JSON object"));
  }

  private static JsonNode lenient(HttpAnswer answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json != null && json.isObject() ? json : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static <T> CompletableFuture<CrmReply<T>> invalid(InvalidRequestException e) {
    List<CrmFailure.ValidationError> errors =
        e instanceof ImpossibleItemException impossible
            ? List.of(
                new CrmFailure.ValidationError(
                    String.valueOf(impossible.item), "", "", e.getMessage()))
            : List.of();
    return CompletableFuture.completedFuture(
        CrmReply.failed(
            new CrmFailure(CrmFailure.Kind.INVALID, 0, e.getMessage(), errors, null, false)));
  }
}
