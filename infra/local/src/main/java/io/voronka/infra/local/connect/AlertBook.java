package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.trouble.Trouble;
import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest alert of each kind and account, from the topic itself: whoever wrote it, and whatever
 * ended in between, what is open is known.
 */
final class AlertBook {
  private final Map<String, Map<AlertKind, AlertRaised>> newest = new HashMap<>();

  /** Takes a record in, in the order of the topic; one that comes again changes nothing. */
  void apply(AlertRaised alert) {
    newest
        .computeIfAbsent(
            key(alert.getTenantId(), alert.getAccountId()), k -> new EnumMap<>(AlertKind.class))
        .put(alert.getKind(), alert);
  }

  /** Troubles of the account's connection that are not over. */
  List<AlertRaised> open(ControlAccount account) {
    List<AlertRaised> open = new ArrayList<>();
    for (Trouble trouble : Trouble.values()) {
      AlertRaised alert = newest(account, trouble);
      if (alert != null && !alert.getResolved()) {
        open.add(alert);
      }
    }
    return open;
  }

  boolean isOpen(ControlAccount account, Trouble trouble) {
    AlertRaised alert = newest(account, trouble);
    return alert != null && !alert.getResolved();
  }

  /** Empty when there was none. */
  String newestId(ControlAccount account, Trouble trouble) {
    AlertRaised alert = newest(account, trouble);
    return alert == null ? "" : alert.getId();
  }

  private AlertRaised newest(ControlAccount account, Trouble trouble) {
    return newest
        .getOrDefault(key(account.tenantId(), account.accountId()), Map.of())
        .get(trouble.kind());
  }

  private static String key(String tenantId, String accountId) {
    return tenantId + '|' + accountId;
  }
}
