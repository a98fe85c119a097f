package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what is wrong with the items of a request; one bad item fails the whole request. */
public final class Violations {
  private final Map<String, ArrayNode> byRequestId = new LinkedHashMap<>();
  private String requestId = "0";

  /** Further findings belong to this item. */
  public Violations of(String itemRequestId) {
    requestId = itemRequestId;
    return this;
  }

  public void notAChoice(String path) {
    add("NotSupportedChoice", path, "The value you selected is not a valid choice.");
  }

  public void wrongType(String path, String expected) {
    add("InvalidType", path, "This value should be of type " + expected + ".");
  }

  public void missing(String path) {
    add("FieldMissing", path, "This field is missing.");
  }

  public void tooLow(String path, long least) {
    add("TooLow", path, "This value should be greater than or equal to " + least + ".");
  }

  public void tooLong(String path, int most) {
    add("TooLong", path, "This value is too long. It should have " + most + " characters or less.");
  }

  public boolean any() {
    return !byRequestId.isEmpty();
  }

  /** Throws the 400 in Kommo's exact shape when something was found. */
  public void check() {
    if (!any()) {
      return;
    }
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("validation-errors");
    byRequestId.forEach(
        (id, errors) -> list.addObject().put("request_id", id).set("errors", errors));
    body.put("title", "Bad Request")
        .put("type", "https://httpstatus.es/400")
        .put("status", 400)
        .put("detail", "Request validation failed");
    throw RestProblem.validation(body);
  }

  private void add(String code, String path, String detail) {
    byRequestId
        .computeIfAbsent(requestId, k -> Json.array())
        .addObject()
        .put("code", code)
        .put("path", path)
        .put("detail", detail);
  }
}
