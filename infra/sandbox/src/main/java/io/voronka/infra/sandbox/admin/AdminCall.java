package io.voronka.infra.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Query;
import io.voronka.infra.sandbox.web.WebRequest;
import java.io.IOException;
import java.util.List;

/** A call of the admin API. */
record AdminCall(WebRequest request, List<String> parameters) {
  Query query() {
    return request.query();
  }

  String parameter(int index) {
    return parameters.get(index);
  }

  /** The body; an empty one counts as {@code {}}. */
  JsonNode body() {
    if (request.body().length == 0) {
      return Json.object();
    }
    try {
      return Json.parse(request.body());
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  <T> T body(Class<T> type) {
    return Json.read(body(), type);
  }
}
