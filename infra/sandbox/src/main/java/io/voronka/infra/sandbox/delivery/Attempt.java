package io.voronka.infra.sandbox.delivery;

/**
 * One attempt to deliver, as the deliveries list tells it.
 *
 * @param seq number of the line in the list, from 1
 * @param at epoch milliseconds when it was sent
 * @param delivery id; several attempts share it
 * @param answer HTTP status that counted; 0 without a connection
 * @param latencyMs from sending to the answer's first byte
 * @param error why there was no answer, or null
 * @param nextAt when it will be tried again, or null
 * @param requestId the X-Amocrm-Requestid sent; null when nothing was sent any more
 * @param bytes length of the body
 */
public record Attempt(
    long seq,
    long at,
    long delivery,
    String account,
    long hook,
    String destination,
    String code,
    String entity,
    String mark,
    String load,
    int attempt,
    int answer,
    double latencyMs,
    String error,
    State state,
    Long nextAt,
    String requestId,
    int bytes) {
  /** What became of the delivery with this attempt. */
  public enum State {
    DELIVERED,
    RETRYING,
    GAVE_UP,
    /** The vendor switched the webhook off, or its owner removed it. */
    SWITCHED_OFF
  }

  /** False when the delivery ended before this attempt was made. */
  public boolean sent() {
    return requestId != null;
  }
}
