package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What the documents that could not be understood may describe. Whoever refers to that is not at
 * fault: the one mistake is told where it was made.
 */
final class BrokenDocuments {
  private final Set<String> known = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private boolean anything;

  /** Of which not even the kind is known. */
  void unreadable() {
    anything = true;
  }

  /** Of a kind, and it is not known which. */
  void some(String kind) {
    kinds.add(kind);
  }

  /**
   * @param body as much of it as could be read
   */
  void add(JsonNode body) {
    String kind = body.path("kind").asText("");
    String id = body.path("id").asText("");
    String tenant = body.path("tenant").asText("");
    if (kind.isEmpty()) {
      unreadable();
    } else if (id.isEmpty() || tenant.isEmpty() && !kind.equals("Tenant")) {
      some(kind);
    } else {
      known.add(kind + " " + (kind.equals("Tenant") ? id : tenant + "/" + id));
    }
  }

  boolean mayDescribe(String kind, String key) {
    return anything || kinds.contains(kind) || known.contains(kind + " " + key);
  }
}
