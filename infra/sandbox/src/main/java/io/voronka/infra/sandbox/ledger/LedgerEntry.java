package io.voronka.infra.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One line of the ledger as readers see it. Absent components are null.
 *
 * @param seq number of the line, from 1, without gaps
 * @param at epoch milliseconds on the sandbox's clock when it was applied (or refused)
 * @param vendor {@code kommo}, {@code hooks}, {@code smtp}, {@code sandbox}
 * @param account subdomain, the name of the hook address, or the recipient of a mail
 * @param path below the account, {@code /api/v4/leads/1}
 * @param kind of the first effect; {@code refused} when nothing was applied
 * @param entity {@code leads/20100501}, of the first effect
 * @param effects all effects of the call
 * @param body what was sent; text when it was not JSON; never of a token request
 * @param status answered (or meant to be, when the connection was dropped afterwards)
 * @param applied whether the account was changed
 * @param fault the failure switch that interfered
 * @param client OAuth client id
 * @param token fingerprint of the bearer token
 * @param requestId X-Request-Id that the caller sent
 * @param headers the caller's headers of interest
 * @param hooksFirst the webhooks were sent before the write was answered
 * @param deliveries ids of the webhooks that it made
 * @param mark unique text of a generated change
 */
public record LedgerEntry(
    long seq,
    long at,
    String vendor,
    Side side,
    String account,
    String method,
    String path,
    String query,
    String kind,
    String entity,
    List<EffectLine> effects,
    JsonNode body,
    int status,
    boolean applied,
    String fault,
    String client,
    String token,
    String requestId,
    Map<String, String> headers,
    Boolean hooksFirst,
    List<Long> deliveries,
    String mark) {

  /** One effect of several, as if the call had had no other. */
  public LedgerEntry only(EffectLine effect, JsonNode itsBody) {
    return new LedgerEntry(
        seq,
        at,
        vendor,
        side,
        account,
        method,
        path,
        query,
        effect.kind(),
        effect.entity(),
        List.of(effect),
        itsBody,
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

  /** One effect: {@code created} is the id of what was made, or null. */
  public record EffectLine(String kind, String entity, String created) {}
}
