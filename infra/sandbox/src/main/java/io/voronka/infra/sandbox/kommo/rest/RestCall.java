package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Query;
import java.util.List;

/**
 * An authorised call of one endpoint.
 *
 * @param parameters the variable segments of the path
 * @param body null when none was sent
 * @param changes collects what the call does
 */
public record RestCall(
    KommoAccount account,
    Integration integration,
    Query query,
    List<String> parameters,
    JsonNode body,
    Changes changes) {

  /** A path segment that must be an id; 404 when it is not a number. */
  public long id(int index) {
    try {
      return Long.parseLong(parameters.get(index));
    } catch (NumberFormatException e) {
      throw RestProblem.notFound();
    }
  }

  /** The body's items: the elements of an array, at most 250. */
  public List<JsonNode> items(int most) {
    if (body == null || !body.isArray() || body.isEmpty()) {
      throw RestProblem.badRequest("The body must be a non-empty array");
    }
    if (body.size() > most) {
      throw RestProblem.unprocessable("Limit " + most + " per request");
    }
    return List.copyOf(body.valueStream().toList());
  }

  /** The body, which must be one object. */
  public JsonNode item() {
    if (body == null || !body.isObject()) {
      throw RestProblem.badRequest("The body must be an object");
    }
    return body;
  }
}
