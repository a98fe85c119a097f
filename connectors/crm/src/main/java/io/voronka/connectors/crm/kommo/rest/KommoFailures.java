package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmFailure.ValidationError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kommo's answers that are no success, as failures. */
final class KommoFailures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 300;

  /** More errors than this in one answer tell nobody more. */
  private static final int MOST_ERRORS = 50;

  private final Clock clock;

  /**
   * @param clock for a Retry-After that is a date
   */
  KommoFailures(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param answer with any status but 2xx
   */
  CrmFailure of(HttpAnswer answer) {
    JsonNode problem = json(answer);
    return new CrmFailure(
        kind(answer, problem),
        answer.status(),
        detail(answer, problem),
        validationErrors(problem),
        retryAfter(answer, problem),
        answer.status() >= 500);
  }

  private static Kind kind(HttpAnswer answer, JsonNode problem) {
    return switch (answer.status()) {
      case 401 -> Kind.UNAUTHORIZED;
      case 402 -> Kind.PAYMENT_REQUIRED;
      // whoever is let in gets a problem in JSON; a page comes from the guard before the door
      case 403 -> problem == null ? Kind.ADDRESS_BLOCKED : Kind.FORBIDDEN;
      case 404 -> Kind.NOT_FOUND;
      case 429 -> Kind.TOO_MANY_REQUESTS;
      default ->
          answer.status() >= 500
              ? Kind.SERVER_ERROR
              : answer.status() >= 400 ? Kind.INVALID : Kind.UNEXPECTED_ANSWER;
    };
  }

  /** Null when the body is no JSON object. */
  private static JsonNode json(HttpAnswer answer) {
    if (answer.body().length == 0) {
      // a bare 403 is a refusal of this request, as far as one can tell
      return answer.header("Content-Type").contains("html") ? null : JSON.createObjectNode();
    }
    try {
      JsonNode read = JSON.readTree(answer.body());
      return read != null && read.isObject() ? read : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String detail(HttpAnswer answer, JsonNode problem) {
    if (answer.status() / 100 == 3) {
      return "redirect to " + shortened(answer.header("Location"));
    }
    if (problem == null) {
      return "not JSON: "
          + shortened(new String(answer.body(), StandardCharsets.UTF_8).replaceAll("\\s+", " "));
    }
    StringBuilder detail = new StringBuilder();
    for (String name :
        new String[] {"title", "detail", "hint", "trace_id", "error_type", "error_description"}) {
      JsonNode text = problem.get(name);
      if (text != null && text.isValueNode() && !text.asText().isEmpty()) {
        detail.append(detail.length() == 0 ? "" : ": ").append(text.asText());
      }
    }
    for (ValidationError error : validationErrors(problem)) {
      detail.append("; ").append(error.path()).append(' ').append(error.code());
    }
    return detail.length() == 0 ? "HTTP " + answer.status() : shortened(detail.toString());
  }

  private static List<ValidationError> validationErrors(JsonNode problem) {
    List<ValidationError> errors = new ArrayList<>();
    if (problem != null) {
      for (JsonNode request : problem.path("validation-errors")) {
        for (JsonNode error : request.path("errors")) {
          if (errors.size() < MOST_ERRORS) {
            errors.add(
                new ValidationError(
                    shortened(request.path("request_id").asText()),
                    shortened(error.path("code").asText()),
                    shortened(error.path("path").asText()),
                    shortened(error.path("detail").asText())));
          }
        }
      }
    }
    return errors;
  }

  private Duration retryAfter(HttpAnswer answer, JsonNode problem) {
    Duration header = retryAfter(answer.header("Retry-After"));
    if (header != null) {
      return header;
    }
    JsonNode inBody = problem == null ? null : problem.get("retry_after");
    return inBody == null || !inBody.canConvertToLong() && !inBody.isTextual()
        ? null
        : retryAfter(inBody.asText());
  }

  /** Seconds or an HTTP date; null for anything else. Never negative, never more than a day. */
  private Duration retryAfter(String text) {
    if (text.isBlank()) {
      return null;
    }
    Duration wait;
    try {
      wait =
          text.strip().matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text.strip()))
              : Duration.between(clock.instant(), date(text));
    } catch (DateTimeParseException e) {
      return null;
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : wait;
  }

  private static Instant date(String text) {
    return ZonedDateTime.parse(
            text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
        .toInstant();
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
