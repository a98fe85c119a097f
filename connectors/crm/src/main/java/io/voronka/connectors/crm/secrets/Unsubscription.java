package io.voronka.connectors.crm.secrets;

import io.voronka.schemas.RecipientKeys;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whom a mail's link unsubscribes.
 *
 * @param accountId of the contact
 * @param contactId null: not known
 * @param mail where the mail went
 * @param actionId the mail
 */
public record Unsubscription(
    String tenantId, String accountId, String contactId, String mail, String actionId) {

  /** Everything that is opted out, as {@link RecipientKeys} has it. */
  public Set<String> recipients() {
    Set<String> recipients = new LinkedHashSet<>();
    if (contactId != null) {
      recipients.add(RecipientKeys.contact(accountId, contactId));
    }
    RecipientKeys.mail(mail).ifPresent(recipients::add);
    return recipients;
  }
}
