package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.WebReply;

/** A refusal in Kommo's shape, {@code application/problem+json}. */
public final class RestProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode body;

  private RestProblem(int status, ObjectNode body) {
    super(body.path("detail").asText(), null, false, false);
    this.status = status;
    this.body = body;
  }

  public static RestProblem of(int status, String title, String detail) {
    return new RestProblem(
        status,
        Json.object()
            .put("title", title)
            .put("type", "https://httpstatus.es/" + status)
            .put("status", status)
            .put("detail", detail));
  }

  public static RestProblem badRequest(String detail) {
    return of(400, "Bad Request", detail);
  }

  public static RestProblem unauthorized() {
    return of(401, "Unauthorized", "Invalid access token");
  }

  public static RestProblem paymentRequired(String detail) {
    return of(402, "Payment Required", detail);
  }

  public static RestProblem forbidden(String detail) {
    return of(403, "Forbidden", detail);
  }

  public static RestProblem notFound() {
    return of(404, "Not Found", "Not Found");
  }

  public static RestProblem methodNotAllowed() {
    return of(405, "Method Not Allowed", "Method Not Allowed");
  }

  public static RestProblem unsupportedType() {
    return of(415, "Unsupported Media Type", "Send application/json");
  }

  public static RestProblem unprocessable(String detail) {
    return of(422, "Unprocessable Entity", detail);
  }

  public static RestProblem tooMany(int retryAfterSeconds) {
    RestProblem problem =
        of(
            429,
            "Too Many Requests",
            "You have sent too many requests in a given amount of time. Please try again later.");
    problem.body.put("retry_after", retryAfterSeconds);
    return problem;
  }

  /** 500 has no {@code type} and a trace id. */
  public static RestProblem internal(String traceId) {
    return new RestProblem(
        500,
        Json.object()
            .put("title", "ErrInternalServer")
            .put("status", 500)
            .put("detail", "Internal server error")
            .put("trace_id", traceId));
  }

  /** A failure at the token endpoint. */
  public static RestProblem oauth(int status, String hint) {
    return new RestProblem(
        status,
        Json.object()
            .put("hint", hint)
            .put("title", "Bad Request")
            .put("type", "https://developers.kommo.com/v3/errors/OAuthProblemJson")
            .put("status", status)
            .put("detail", "The request is missing parameters or has invalid ones"));
  }

  static RestProblem validation(ObjectNode body) {
    return new RestProblem(400, body);
  }

  public int status() {
    return status;
  }

  public WebReply web() {
    return WebReply.of(status, "application/problem+json", body);
  }
}
