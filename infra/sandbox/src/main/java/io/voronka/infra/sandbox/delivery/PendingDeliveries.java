package io.voronka.infra.sandbox.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.web.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out, while the files are replayed, which webhooks a former process still owed. */
public final class PendingDeliveries {
  private final Set<Long> finished = new HashSet<>();
  private final Map<Long, Attempt> retrying = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Owed> owed = new ArrayList<>();

  /**
   * A webhook that is still owed.
   *
   * @param last its latest attempt, or null when there was none
   */
  public record Owed(Delivery delivery, Attempt last) {}

  /** Takes in an attempt, in the order of the file. */
  public void told(Attempt attempt) {
    attempts.add(attempt);
    if (attempt.state() == Attempt.State.RETRYING) {
      retrying.put(attempt.delivery(), attempt);
    } else {
      retrying.remove(attempt.delivery());
      finished.add(attempt.delivery());
    }
  }

  /** Takes in a ledger line; all attempts must have been told before. */
  public void made(JsonNode line) {
    for (JsonNode out : line.path("outbox")) {
      long id = out.path("id").asLong();
      if (!finished.contains(id) && !out.path("held").asBoolean()) {
        owed.add(new Owed(Json.read(out, Delivery.class), retrying.get(id)));
      }
    }
  }

  public List<Attempt> attempts() {
    return attempts;
  }

  public List<Owed> owed() {
    return owed;
  }
}
