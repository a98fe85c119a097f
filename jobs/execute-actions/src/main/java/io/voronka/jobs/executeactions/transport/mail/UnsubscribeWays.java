package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.crm.secrets.Unsubscription;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MailSenderRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the recipient of a mail may say that it is the last one. */
final class UnsubscribeWays {
  private static final String TOKEN = "{token}";

  private UnsubscribeWays() {}

  /** Whether the sender's address asks for a token of ours. */
  static boolean needSeal(MailSenderRow sender) {
    return sender.getUnsubscribeUrl() != null && sender.getUnsubscribeUrl().contains(TOKEN);
  }

  /** RFC 2369 and 8058: mail programs show a button, and one click is enough. */
  static Map<String, String> headers(
      ActionRequested request,
      MailSenderRow sender,
      String recipient,
      Optional<UnsubscribeSeal> seal) {
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> ways = new ArrayList<>();
    if (sender.getUnsubscribeUrl() != null) {
      String token = seal.map(own -> own.seal(whom(request, recipient))).orElse("");
      String url =
          sender
              .getUnsubscribeUrl()
              .replace(TOKEN, token)
              .replace("{action}", request.getId())
              .replace("{recipient}", URLEncoder.encode(recipient, StandardCharsets.UTF_8));
      ways.add('<' + url + '>');
      headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    if (sender.getUnsubscribeAddress() != null) {
      ways.add("<mailto:" + sender.getUnsubscribeAddress() + "?subject=" + request.getId() + '>');
    }
    if (!ways.isEmpty()) {
      headers.put("List-Unsubscribe", String.join(",\r\n ", ways));
    }
    return headers;
  }

  private static Unsubscription whom(ActionRequested request, String recipient) {
    return new Unsubscription(
        request.getTenantId(),
        request.getAccountId(),
        request.getRecipient() == null ? null : request.getRecipient().getContactId(),
        recipient,
        request.getId());
  }
}
