package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.BracketForm;
import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.connectors.crm.secrets.HmacSignature;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads the request by which Kommo tells that an account has removed our integration: {@code
 * client_uuid}, {@code account_id} and {@code signature}, the HMAC-SHA256 of {@code client|account}
 * under the integration's secret. It is the one request of Kommo that is signed. Never throws on
 * bad input. Thread-safe.
 */
public final class UninstallDecoder {
  private static final BracketForm.Limits LIMITS =
      new BracketForm.Limits(50, 2, Decoded.MAX_LISTED);

  private final Map<String, String> secrets;

  /**
   * @param secrets of our integrations, by client id
   */
  public UninstallDecoder(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  /**
   * One event about the account itself, or a rejection. The request has no time in it, so the event
   * is the same whenever it is sent, and its id stands for two hours only.
   *
   * @param query of the request, without the question mark
   */
  public Decoded decode(DeliveryContext context, byte[] query) {
    FormNode root = BracketForm.parse(query, LIMITS, StandardCharsets.UTF_8).root();
    String client = root.text("client_uuid");
    String account = root.text("account_id");
    String signature = root.text("signature");
    if (client == null || account == null || signature == null) {
      return rejected(
          RejectionReason.MISSING_PARAMETER,
          "client_uuid, account_id and signature are needed",
          account);
    }
    String secret = secrets.get(client);
    if (secret == null) {
      return rejected(
          RejectionReason.UNKNOWN_CLIENT,
          "no secret is known for the client " + shortened(client),
          account);
    }
    if (!HmacSignature.matches(secret, client + '|' + account, signature)) {
      return rejected(RejectionReason.BAD_SIGNATURE, "the signature is not the client's", account);
    }
    if (!account.equals(context.vendorAccountId())) {
      return rejected(
          RejectionReason.ACCOUNT_MISMATCH,
          "the request names account " + shortened(account) + ", not " + context.vendorAccountId(),
          account);
    }
    EventDraft event =
        new EventDraft(EventKind.INTEGRATION_UNINSTALLED, EntityType.NONE, "")
            .fields(new StandardFields(Map.of("client_uuid", client), Map.of()))
            .identity("uninstalled", client);
    return new Decoded(List.of(event.toEvent(context)), null, null, account, null, List.of(), 0);
  }

  private static Decoded rejected(RejectionReason reason, String detail, String account) {
    return new Decoded(List.of(), reason, detail, account, null, List.of(), 0);
  }

  private static String shortened(String claimed) {
    return claimed.length() <= 40 ? claimed : claimed.substring(0, 40) + "…";
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "uninstall decoder for " + secrets.keySet();
  }
}
