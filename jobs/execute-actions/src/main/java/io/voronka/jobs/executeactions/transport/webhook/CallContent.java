package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.rules.domain.action.WebhookHeader;
import io.voronka.schemas.CallWebhook;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;

/** The body and the headers that a rule's author gave to a call. */
final class CallContent {
  private CallContent() {}

  /** Empty when nothing in them speaks against sending them. */
  static Optional<SendResult> problemOf(CallWebhook webhook, int mostBytes) {
    try {
      if (body(webhook).length > mostBytes) {
        return Optional.of(
            SendResult.forbidden(Reason.BODY_TOO_LARGE, "more than " + mostBytes + " bytes"));
      }
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return badRequest("no charset to write in: " + webhook.getContentType());
    }
    return webhook.getHeaders().entrySet().stream()
        .flatMap(header -> WebhookHeader.problem(header.getKey(), header.getValue()).stream())
        .findFirst()
        .flatMap(CallContent::badRequest);
  }

  /** In the charset that its content type says, or else as everybody expects. */
  static byte[] body(CallWebhook webhook) {
    ContentType type = ContentType.parse(webhook.getContentType());
    Charset said = type == null ? null : type.getCharset();
    return webhook.getBody().getBytes(said == null ? StandardCharsets.UTF_8 : said);
  }

  private static Optional<SendResult> badRequest(String detail) {
    return Optional.of(SendResult.denied(null, Reason.BAD_REQUEST, detail));
  }
}
