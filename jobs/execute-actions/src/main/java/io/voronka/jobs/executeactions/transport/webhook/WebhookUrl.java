package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.address.HostForm;
import io.voronka.schemas.WebhookAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** What the text of an address says about where a call would go. */
final class WebhookUrl {
  private WebhookUrl() {}

  /**
   * Empty when nothing in the text speaks against calling it, and {@link URI} reads it the same way
   * as everybody else.
   */
  static Optional<SendResult> problemOf(String url) {
    URI uri;
    try {
      uri = WebhookAddress.parse(url);
    } catch (URISyntaxException e) {
      return refused(Reason.URL_INVALID, e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return refused(Reason.SCHEME_NOT_ALLOWED, "only http and https are");
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return refused(Reason.URL_INVALID, "it names no host");
    }
    if (authority.indexOf('@') >= 0) {
      return refused(Reason.USER_INFO_NOT_ALLOWED, "it holds a user name");
    }
    // Java takes only some of the forms of an address for a host.
    String host = uri.getHost() == null ? withoutPort(authority) : uri.getHost();
    if (!HostForm.isPlain(host)) {
      return refused(
          Reason.HOST_FORM_NOT_ALLOWED, host + " is neither a name nor an address written plainly");
    }
    return uri.getHost() == null || uri.getPort() > WebhookAddress.LAST_PORT
        ? refused(Reason.URL_INVALID, "its host or port cannot be read")
        : Optional.empty();
  }

  /** The address of a call, in ASCII; only for one that nothing speaks against. */
  static URI of(String url) {
    try {
      return WebhookAddress.parse(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("nobody has looked at " + url, e);
    }
  }

  private static String withoutPort(String authority) {
    return authority.replaceFirst(":[0-9]*$", "");
  }

  private static Optional<SendResult> refused(Reason reason, String detail) {
    return Optional.of(SendResult.forbidden(reason, detail));
  }
}
