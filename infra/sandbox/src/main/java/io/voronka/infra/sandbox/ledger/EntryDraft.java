package io.voronka.infra.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.WebRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects a {@link LedgerEntry} while a call is being served. */
public final class EntryDraft {
  private static final List<String> HEADERS =
      List.of("user-agent", "x-request-id", "x-context-user-id", "idempotency-key", "content-type");

  private final String vendor;
  private final Side side;
  private final String account;
  private String method;
  private String path;
  private String query;
  private String kind = "refused";
  private String entity;
  private List<LedgerEntry.EffectLine> effects;
  private JsonNode body;
  private int status;
  private boolean applied;
  private String fault;
  private String client;
  private String token;
  private String requestId;
  private Map<String, String> headers;
  private Boolean hooksFirst;
  private List<Long> deliveries;
  private String mark;

  public EntryDraft(String vendor, Side side, String account) {
    this.vendor = vendor;
    this.side = side;
    this.account = account;
  }

  /** Takes method, query, headers of interest and body from a request. */
  public EntryDraft request(WebRequest request, String pathBelowAccount) {
    method = request.method();
    path = pathBelowAccount;
    query = request.rawQuery();
    requestId = request.headers().get("x-request-id");
    headers = new TreeMap<>();
    for (String name : HEADERS) {
      if (request.headers().containsKey(name)) {
        headers.put(name, request.headers().get(name));
      }
    }
    body = bodyOf(request.body());
    return this;
  }

  public EntryDraft allHeaders(Map<String, String> all) {
    headers = new TreeMap<>(all);
    return this;
  }

  public EntryDraft body(JsonNode shown) {
    body = shown;
    return this;
  }

  /** The effects of an applied call; the first one names the line. */
  public EntryDraft effects(List<LedgerEntry.EffectLine> lines) {
    applied = true;
    effects = lines;
    if (!lines.isEmpty()) {
      kind = lines.get(0).kind();
      entity = lines.get(0).entity();
    }
    return this;
  }

  public EntryDraft kind(String name) {
    kind = name;
    return this;
  }

  public EntryDraft status(int answered) {
    status = answered;
    return this;
  }

  public EntryDraft fault(String name) {
    fault = name;
    return this;
  }

  public EntryDraft caller(String clientId, String tokenFingerprint) {
    client = clientId;
    token = tokenFingerprint;
    return this;
  }

  public EntryDraft hooks(Boolean first, List<Long> ids) {
    hooksFirst = ids.isEmpty() ? null : first;
    deliveries = ids.isEmpty() ? null : ids;
    return this;
  }

  public EntryDraft mark(String text) {
    mark = text;
    return this;
  }

  LedgerEntry entry(long seq, long at) {
    return new LedgerEntry(
        seq,
        at,
        vendor,
        side,
        account,
        method,
        path,
        query,
        kind,
        entity,
        effects,
        body,
        status,
        applied,
        fault,
        client,
        token,
        requestId,
        headers,
        hooksFirst,
        deliveries,
        mark);
  }

  private static JsonNode bodyOf(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    try {
      return Json.parse(bytes);
    } catch (IOException notJson) {
      return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
