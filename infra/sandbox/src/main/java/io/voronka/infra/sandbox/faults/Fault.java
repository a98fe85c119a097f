package io.voronka.infra.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A failure switch.
 *
 * @param account only calls to this account; null for all
 * @param method only this HTTP method; null for all
 * @param path regular expression that the path below the account must match; null for all
 * @param times how many calls it hits; null for no end
 * @param forMs how long it lasts on the sandbox's clock; null for no end
 * @param skip how many matching calls pass first; null for none
 * @param delayMs real milliseconds to wait before anything else; null for none
 * @param status answer this instead of serving; null serves
 * @param body of that answer; null for the vendor's own body for the status
 * @param headers further headers of that answer
 * @param drop close the connection without an answer
 */
public record Fault(
    String account,
    String method,
    String path,
    Integer times,
    Long forMs,
    Integer skip,
    Long delayMs,
    Integer status,
    JsonNode body,
    Map<String, String> headers,
    Drop drop) {
  /** When a connection is closed without an answer. */
  public enum Drop {
    /** The call had no effect. */
    BEFORE,
    /** The call took effect, and its caller cannot know. */
    AFTER
  }

  public Fault {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  /** A short name for ledger lines: {@code drop_after}, {@code status_503}, {@code delay_300}. */
  public String name() {
    if (drop != null) {
      return drop == Drop.BEFORE ? "drop_before" : "drop_after";
    }
    return status != null ? "status_" + status : "delay_" + delayMs;
  }
}
