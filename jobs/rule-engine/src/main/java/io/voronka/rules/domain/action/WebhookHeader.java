package io.voronka.rules.domain.action;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a rule's author may say in the head of a call. */
public final class WebhookHeader {
  /** They tell how the call is carried, which its author does not know. */
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
  private static final Pattern VALUE = Pattern.compile("[\\P{Cntrl}\\t]*");

  private WebhookHeader() {}

  /** Why it is not sent; empty when nothing speaks against it. */
  public static Optional<String> problem(String name, String value) {
    if (OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("the header " + name + " cannot be set by a rule");
    }
    return VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("the header " + name + " holds a control character");
  }
}
