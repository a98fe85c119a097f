package io.voronka.schemas;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address of a webhook action. Whoever judges, keys or calls it reads it here, so that
 * all see the same host.
 */
public final class WebhookAddress {
  /** Java reads higher ones, too. */
  public static final int LAST_PORT = 65_535;

  private static final Pattern HOST_AND_PORT = Pattern.compile("([^@\\[\\]]+?)(:[0-9]*)?");

  /** What {@code １２７.0.0.1} becomes: an address in the guise of a name, which stays as it is. */
  private static final Pattern NO_NAME = Pattern.compile("(.*\\.)?([0-9].*)?");

  private WebhookAddress() {}

  /**
   * The address in ASCII: a host of another alphabet ({@code пример.рф}) in its IDNA form, what
   * else is not ASCII as escaped UTF-8. Its host is null where the text has none that can be read.
   *
   * @throws URISyntaxException when the text is no address at all
   */
  public static URI parse(String text) throws URISyntaxException {
    URI written = new URI(text.strip());
    return new URI(withAsciiHost(written).toASCIIString());
  }

  private static URI withAsciiHost(URI written) throws URISyntaxException {
    String authority = written.getRawAuthority();
    if (authority == null || written.getHost() != null) {
      return written;
    }
    Matcher parts = HOST_AND_PORT.matcher(authority);
    if (!parts.matches()) {
      return written;
    }
    String ascii;
    try {
      ascii = IDN.toASCII(parts.group(1), IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      // No name in any alphabet: an empty label, or one that is too long.
      return written;
    }
    if (NO_NAME.matcher(ascii).matches()) {
      return written;
    }
    String all = written.toString();
    int at = all.indexOf("//") + 2;
    String port = parts.group(2) == null ? "" : parts.group(2);
    return new URI(all.substring(0, at) + ascii + port + all.substring(at + authority.length()));
  }
}
