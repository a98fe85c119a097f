package io.voronka.jobs.executeactions.transport;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses lie in the public internet. A tenant's webhook must not reach into the network
 * that the job runs in: not its own host, not its neighbours, not a cloud's metadata service.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  /** The JDK turns IPv4-mapped IPv6 addresses into IPv4 ones before they get here. */
  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    int third = bytes[2] & 0xFF;
    boolean reserved =
        first == 0
            || first >= 240
            // Shared by carriers
            || first == 100 && second >= 64 && second < 128
            // Protocol assignments, documentation, 6to4 relays, benchmarks
            || first == 192 && second == 0 && (third == 0 || third == 2)
            || first == 192 && second == 88 && third == 99
            || first == 198 && (second == 18 || second == 19)
            || first == 198 && second == 51 && third == 100
            || first == 203 && second == 0 && third == 113;
    return !reserved;
  }

  /** Only the global unicast range, and of it nothing that carries an IPv4 address inside. */
  private static boolean isPublic6(byte[] bytes) {
    boolean global = (bytes[0] & 0xE0) == 0x20;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    boolean documentation =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == (byte) 0xB8;
    return global && !sixToFour && !teredo && !documentation;
  }
}
