package io.voronka.jobs.executeactions.transport.address;

import java.util.regex.Pattern;

/**
 * How a host must be written. Programs disagree about {@code 2130706433}, {@code 0177.0.0.1},
 * {@code 0x7f.1} and {@code 127.1}: what one takes for a name, another takes for 127.0.0.1. So a
 * host is either a name, or an address in its one canonical form.
 */
public final class HostForm {
  private static final Pattern NAME =
      Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern NUMBER = Pattern.compile("(?i)(.*\\.)?([0-9]+|0x[0-9a-f]*)");
  private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

  private HostForm() {}

  /**
   * @param host of a URL: an IPv6 address in its brackets; names of other alphabets in their ASCII
   *     form
   */
  public static boolean isPlain(String host) {
    if (NUMBER.matcher(host).matches()) {
      return IPV4.matcher(host).matches();
    }
    return NAME.matcher(host).matches() || IPV6.matcher(host).matches();
  }
}
