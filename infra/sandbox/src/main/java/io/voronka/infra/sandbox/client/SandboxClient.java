package io.voronka.infra.sandbox.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.receiver.HookAnswer;
import io.voronka.infra.sandbox.web.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Drives a sandbox through its admin API. Every method blocks for one HTTP call (the {@code all…}
 * ones for as many as it takes) and throws {@link SandboxException} when refused. Thread-safe.
 */
public final class SandboxClient {
  private final AdminHttp http;

  /**
   * @param address {@code http://127.0.0.1:PORT}
   */
  public SandboxClient(String address) {
    this.http = new AdminHttp(address);
  }

  public String address() {
    return http.address();
  }

  /**
   * {@code {"status": "ok", "now", "ledger_end", "deliveries_in_flight", "deliveries_waiting"}}.
   */
  public JsonNode health() {
    return http.call("GET", "/_admin/health", null);
  }

  /** Whether a sandbox answers there at all. */
  public boolean ready() {
    try {
      return health().path("status").asText().equals("ok");
    } catch (SandboxException e) {
      return false;
    }
  }

  // Kommo accounts

  /** Opens an account; a {@link SandboxException} with status 409 when there is one. */
  public OpenedAccount openAccount(AccountSpec spec) {
    return http.send("POST", "/_admin/kommo", spec, OpenedAccount.class);
  }

  /** Subdomains of all accounts. */
  public List<String> accounts() {
    List<String> names = new ArrayList<>();
    http.call("GET", "/_admin/kommo", null).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** One account; no call is made. */
  public KommoClient kommo(String subdomain) {
    return new KommoClient(http, subdomain);
  }

  // The books

  /**
   * A page of what integrations did and hook addresses received.
   *
   * @param after number of the last line already known, 0 from the start
   */
  public LedgerPage ledger(long after) {
    return ledger(after, Map.of());
  }

  /**
   * A page of the ledger.
   *
   * @param filters {@code side} ({@code api,hook} unless given; {@code all}), {@code account},
   *     {@code kind}, {@code entity}, {@code applied}, {@code mark}, {@code limit}
   */
  public LedgerPage ledger(long after, Map<String, String> filters) {
    return http.get("/_admin/ledger" + query(after, filters), LedgerPage.class);
  }

  /** All lines after {@code after}, page by page. */
  public List<LedgerEntry> allLedger(long after, Map<String, String> filters) {
    List<LedgerEntry> all = new ArrayList<>();
    LedgerPage page = ledger(after, filters);
    all.addAll(page.lines());
    while (page.next() < page.end()) {
      page = ledger(page.next(), filters);
      all.addAll(page.lines());
    }
    return all;
  }

  /** The number of the newest line: take it before a story, pass it as {@code after} later. */
  public long ledgerEnd() {
    return ledger(Long.MAX_VALUE, Map.of()).end();
  }

  /**
   * A page of attempts to deliver webhooks.
   *
   * @param filters {@code account}, {@code code}, {@code load}, {@code delivery}, {@code entity},
   *     {@code state}, {@code mark}, {@code limit}
   */
  public DeliveryPage deliveries(long after, Map<String, String> filters) {
    return http.get("/_admin/deliveries" + query(after, filters), DeliveryPage.class);
  }

  /** All attempts after {@code after}, page by page. */
  public List<Attempt> allDeliveries(long after, Map<String, String> filters) {
    List<Attempt> all = new ArrayList<>();
    DeliveryPage page = deliveries(after, filters);
    all.addAll(page.lines());
    while (page.next() < page.end()) {
      page = deliveries(page.next(), filters);
      all.addAll(page.lines());
    }
    return all;
  }

  // Webhooks by hand

  /** Sends the bytes of a known delivery again, as a duplicate; waits for the answer. */
  public Attempt repeat(long deliveryId) {
    return http.send(
        "POST",
        "/_admin/deliveries/" + deliveryId + "/send",
        Json.object().put("repeat", true),
        Attempt.class);
  }

  /** Sends a delivery that was held back; waits for the answer. */
  public Attempt sendHeld(long deliveryId) {
    return http.send(
        "POST",
        "/_admin/deliveries/" + deliveryId + "/send",
        Json.object().put("repeat", false),
        Attempt.class);
  }

  /** Posts a form body of your choice, once, with a webhook's headers; waits for the answer. */
  public Attempt sendRaw(String destination, String body, String mark) {
    ObjectNode raw = Json.object().put("destination", destination).put("body", body);
    return http.send("POST", "/_admin/send", raw.put("mark", mark), Attempt.class);
  }

  /** Posts any bytes of any type, once; waits for the answer. */
  public Attempt sendRaw(String destination, byte[] body, String contentType, String mark) {
    ObjectNode raw = Json.object().put("destination", destination).put("body_base64", body);
    raw.put("content_type", contentType).put("mark", mark);
    return http.send("POST", "/_admin/send", raw, Attempt.class);
  }

  // Switches

  /** Switches a fault on; answers its id. */
  public long fault(Fault fault) {
    return http.call("POST", "/_admin/faults", fault).path("id").asLong();
  }

  public void removeFault(long id) {
    http.call("DELETE", "/_admin/faults/" + id, null);
  }

  public void clearFaults() {
    http.call("DELETE", "/_admin/faults", null);
  }

  /** Where a webhook action may point to; everything sent there is in the ledger. */
  public String hookAddress(String name) {
    return http.address() + "/hooks/" + name;
  }

  public void answerHook(String name, HookAnswer answer) {
    http.call("PUT", "/_admin/hooks/" + name, answer);
  }

  /** {@code half} (the default), {@code always} or {@code never}. */
  public void hooksFirst(String order) {
    http.call("PUT", "/_admin/settings", Json.object().put("hooks_first", order));
  }

  // Time

  /** Epoch milliseconds on the sandbox's clock. */
  public long now() {
    return http.call("GET", "/_admin/clock", null).path("now").asLong();
  }

  /** Moves time forward; what falls due (retries, expiries) happens. */
  public void advance(Duration step) {
    http.call("POST", "/_admin/clock", Json.object().put("advance_ms", step.toMillis()));
  }

  /** Lets time stand still: it then moves by {@link #advance} only. */
  public void freeze() {
    http.call("POST", "/_admin/clock", Json.object().put("freeze", true));
  }

  public void thaw() {
    http.call("POST", "/_admin/clock", Json.object().put("freeze", false));
  }

  // Load

  /** Starts evenly paced webhooks; returns at once. */
  public void startLoad(LoadSpec spec) {
    http.call("POST", "/_admin/load", spec);
  }

  public LoadReport load(String id) {
    return http.get("/_admin/load/" + id, LoadReport.class);
  }

  public void stopLoad(String id) {
    http.call("DELETE", "/_admin/load/" + id, null);
  }

  private static String query(long after, Map<String, String> filters) {
    StringBuilder query = new StringBuilder("?after=").append(after);
    new TreeMap<>(filters)
        .forEach(
            (name, value) ->
                query
                    .append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }
}
