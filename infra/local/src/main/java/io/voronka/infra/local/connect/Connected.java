package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.VendorAccount;
import java.util.List;

/**
 * What connecting has come to.
 *
 * @param account as the vendor describes it
 * @param address of the webhooks, without the token
 * @param taken codes that the vendor sends from now on
 * @param refused codes that the account does not have
 * @param resolvedAlerts titles of alerts that this has ended
 * @param hints what a person should look at
 */
public record Connected(
    VendorAccount account,
    String address,
    List<String> taken,
    List<String> refused,
    List<String> resolvedAlerts,
    List<String> hints) {
  public Connected {
    taken = List.copyOf(taken);
    refused = List.copyOf(refused);
    resolvedAlerts = List.copyOf(resolvedAlerts);
    hints = List.copyOf(hints);
  }
}
