package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.CallWebhook;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;

/** The body and the headers that a rule's author gave to a call. */
final class CallContent {
  private static final Set<String> OF_THE_CLIENT =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A tab is the one control character that HTTP knows there. */
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\P{Cntrl}\\t]*");

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
    for (Map.Entry<String, String> header : webhook.getHeaders().entrySet()) {
      String name = header.getKey();
      if (OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        return badRequest("the header " + name + " cannot be set by a rule");
      }
      if (!HEADER_VALUE.matcher(header.getValue()).matches()) {
        return badRequest("the header " + name + " holds a control character");
      }
    }
    return Optional.empty();
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
