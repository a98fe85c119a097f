package io.voronka.gateway.accept;

import io.voronka.connectors.crm.kommo.webhook.CompressedBody;
import io.voronka.connectors.crm.kommo.webhook.CompressedBody.InflationException;
import java.util.Map;

/**
 * One request as it came, its token already replaced by its hash.
 *
 * @param id of the archived request, random
 * @param tokenSha256 lower-case hex
 * @param receivedAt epoch milliseconds, when the body was complete
 * @param path with the token replaced by a dash
 * @param headers those of interest, names in lower case
 */
public record RawWebhook(
    String id,
    String tokenSha256,
    long receivedAt,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body) {
  /** Header that says what the body is encoded in. */
  public static final String CONTENT_TYPE = "content-type";

  /** Header that says whether the body is compressed. */
  static final String CONTENT_ENCODING = "content-encoding";

  /**
   * With its body as it was before somebody compressed it; this one where nobody did.
   *
   * @param mostBytes largest body that is taken
   */
  RawWebhook inflated(int mostBytes) throws InflationException {
    String encoding = headers.get(CONTENT_ENCODING);
    byte[] plain = CompressedBody.inflated(body, encoding, mostBytes);
    return plain == body
        ? this
        : new RawWebhook(id, tokenSha256, receivedAt, method, path, headers, plain);
  }

  /** Null when the request had none. */
  public String contentType() {
    return headers.get(CONTENT_TYPE);
  }
}
