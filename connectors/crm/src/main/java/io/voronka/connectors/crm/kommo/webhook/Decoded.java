package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookStatus;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a body turned out to be.
 *
 * @param events in the order of the body; empty when rejected
 * @param rejection null unless the whole body was rejected
 * @param rejectionDetail for a reader; null unless rejected
 * @param claimedAccountId account id in the body, null when it has none
 * @param claimedSubdomain subdomain in the body, null when it has none
 * @param notUnderstood parts that gave no event, the first {@value #MAX_LISTED} of them
 * @param notUnderstoodCount how many there were in all
 */
public record Decoded(
    List<CrmEvent> events,
    RejectionReason rejection,
    String rejectionDetail,
    String claimedAccountId,
    String claimedSubdomain,
    List<NotUnderstood> notUnderstood,
    int notUnderstoodCount) {

  /** Parts listed by name; a hostile body could have thousands. */
  public static final int MAX_LISTED = 50;

  /** As it is archived. */
  public WebhookStatus status() {
    if (rejection != null) {
      return WebhookStatus.REJECTED;
    }
    return notUnderstoodCount > 0 ? WebhookStatus.PARTLY_UNDERSTOOD : WebhookStatus.ACCEPTED;
  }

  /**
   * Label of the rejection, or of the first part that was not understood, or null.
   *
   * <p>Lower case with dashes.
   */
  public String rejectionLabel() {
    if (rejection != null) {
      return rejection.label();
    }
    return notUnderstood.isEmpty() ? null : notUnderstood.get(0).reason().label();
  }

  /** Everything that went wrong in one line, null when nothing did. */
  public String detail() {
    if (rejection == null && notUnderstood.isEmpty()) {
      return null;
    }
    String parts =
        notUnderstood.stream().map(NotUnderstood::toString).collect(Collectors.joining("; "));
    int unlisted = notUnderstoodCount - notUnderstood.size();
    String more = unlisted > 0 ? "; and " + unlisted + " more" : "";
    if (rejectionDetail == null) {
      return parts + more;
    }
    return parts.isEmpty() ? rejectionDetail : rejectionDetail + ": " + parts + more;
  }
}
