package io.voronka.connectors.crm.trouble;

import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.StableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the alerts of one job or service. */
public final class TroubleAlerts {
  private final String raisedBy;

  /**
   * @param raisedBy name of the job or service
   */
  public TroubleAlerts(String raisedBy) {
    this.raisedBy = Objects.requireNonNull(raisedBy, "raisedBy");
  }

  /**
   * A trouble that has just been noticed.
   *
   * @param previous id of the last alert of this trouble and account, empty when there was none:
   *     what makes this one another one, whoever notices it and however often
   * @param parameters what the trouble's words need besides tenant and account
   * @param at epoch milliseconds
   */
  public AlertRaised raised(
      String tenantId,
      String accountId,
      Trouble trouble,
      String previous,
      Map<String, String> parameters,
      long at) {
    return alert(tenantId, accountId, trouble, previous, parameters, List.of(), at);
  }

  /**
   * The alert about an integration that was removed. Made from the event alone, so it is the same
   * alert for as long as the event is the same event: two hours.
   */
  public AlertRaised uninstalled(CrmEvent event) {
    return alert(
        event.getTenantId(),
        event.getAccountId(),
        Trouble.INTEGRATION_UNINSTALLED,
        event.getId(),
        Map.of("client", event.getFields().getOrDefault("client_uuid", "")),
        List.of(event.getId(), event.getWebhookId()),
        event.getReceivedAt());
  }

  /**
   * The trouble is over.
   *
   * @param at epoch milliseconds
   */
  public AlertRaised resolved(AlertRaised open, long at) {
    return AlertRaised.newBuilder(open)
        .setResolved(true)
        .setResolvedAt(at)
        .setRaisedBy(raisedBy)
        .build();
  }

  private AlertRaised alert(
      String tenantId,
      String accountId,
      Trouble trouble,
      String cause,
      Map<String, String> parameters,
      List<String> causes,
      long at) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("tenant", tenantId);
    all.put("account", accountId);
    return AlertRaised.newBuilder()
        .setId(StableId.of("alert", tenantId, accountId, trouble.kind().name(), cause))
        .setTenantId(tenantId)
        .setAccountId(accountId)
        .setKind(trouble.kind())
        .setSeverity(trouble.severity())
        .setTitle(trouble.title(all))
        .setDetail(trouble.detail(all))
        .setParameters(all)
        .setCauses(causes)
        .setRaisedAt(at)
        .setRaisedBy(raisedBy)
        .build();
  }
}
