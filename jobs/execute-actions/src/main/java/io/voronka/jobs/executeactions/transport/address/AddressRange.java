package io.voronka.jobs.executeactions.transport.address;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of addresses: {@code 10.0.0.0/8}, {@code fc00::/7}. */
public final class AddressRange implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)/[0-9]{1,3}");

  private final String text;
  private final byte[] prefix;
  private final int bits;

  private AddressRange(String text, byte[] prefix, int bits) {
    this.text = text;
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * @throws IllegalArgumentException when it is no address, a slash and a number of bits
   */
  public static AddressRange parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(text + " is not of the form 10.0.0.0/8 or fc00::/7");
    }
    int slash = text.indexOf('/');
    int bits = Integer.parseInt(text.substring(slash + 1));
    try {
      // A literal, so no name is looked up.
      byte[] prefix = InetAddress.getByName(text.substring(0, slash)).getAddress();
      if (bits > prefix.length * Byte.SIZE) {
        throw new IllegalArgumentException(text + " has more bits than its address");
      }
      return new AddressRange(text, prefix, bits);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text + " is no block of addresses", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((bytes[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange && ((AddressRange) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
