package io.voronka.jobs.executeactions.transport.address;

import io.voronka.jobs.executeactions.domain.Reason;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which addresses may be called: those of the public internet, and those that the operator
 * allows by name.
 */
public final class AddressGuard {
  /** IANA's special-purpose addresses; the first block that holds an address says what it is. */
  private static final Map<AddressRange, Reason> SPECIAL = special();

  private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3");

  private final List<AddressRange> allowed;

  /**
   * @param allowed blocks that may be called although they are not public
   */
  public AddressGuard(List<AddressRange> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Empty when the address may be called. The JDK turns IPv4-mapped IPv6 addresses into IPv4 ones
   * before they get here.
   */
  public Optional<Reason> refusal(InetAddress address) {
    if (allowed.stream().anyMatch(range -> range.contains(address))) {
      return Optional.empty();
    }
    for (Map.Entry<AddressRange, Reason> special : SPECIAL.entrySet()) {
      if (special.getKey().contains(address)) {
        return Optional.of(special.getValue());
      }
    }
    boolean v6 = address.getAddress().length > 4;
    return v6 && !GLOBAL_UNICAST.contains(address)
        ? Optional.of(Reason.ADDRESS_RESERVED)
        : Optional.empty();
  }

  private static Map<AddressRange, Reason> special() {
    Map<AddressRange, Reason> ranges = new LinkedHashMap<>();
    // What clouds tell a machine about itself, its credentials included: AWS and most others,
    // Alibaba, Oracle; AWS over IPv6.
    put(ranges, Reason.ADDRESS_METADATA, "169.254.169.254/32", "169.254.170.2/32");
    put(ranges, Reason.ADDRESS_METADATA, "100.100.100.200/32", "192.0.0.192/32");
    put(ranges, Reason.ADDRESS_METADATA, "fd00:ec2::254/128");
    put(ranges, Reason.ADDRESS_UNSPECIFIED, "0.0.0.0/8", "::/128");
    put(ranges, Reason.ADDRESS_LOOPBACK, "127.0.0.0/8", "::1/128");
    put(ranges, Reason.ADDRESS_LINK_LOCAL, "169.254.0.0/16", "fe80::/10");
    put(ranges, Reason.ADDRESS_PRIVATE, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
    put(ranges, Reason.ADDRESS_PRIVATE, "fc00::/7", "fec0::/10");
    put(ranges, Reason.ADDRESS_OF_CARRIER, "100.64.0.0/10");
    put(ranges, Reason.ADDRESS_MULTICAST, "224.0.0.0/4", "ff00::/8");
    // Those that carry an IPv4 address inside: IPv4-compatible, NAT64, 6to4 and its relays, Teredo.
    put(ranges, Reason.ADDRESS_TRANSLATED, "::/96", "::ffff:0:0:0/96", "64:ff9b::/96");
    put(ranges, Reason.ADDRESS_TRANSLATED, "64:ff9b:1::/48", "2002::/16", "2001::/32");
    put(ranges, Reason.ADDRESS_TRANSLATED, "192.88.99.0/24");
    // Protocol assignments, documentation, benchmarks, the future.
    put(ranges, Reason.ADDRESS_RESERVED, "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24");
    put(ranges, Reason.ADDRESS_RESERVED, "203.0.113.0/24", "198.18.0.0/15", "240.0.0.0/4");
    put(ranges, Reason.ADDRESS_RESERVED, "2001::/23", "2001:db8::/32", "3fff::/20");
    return ranges;
  }

  private static void put(Map<AddressRange, Reason> into, Reason reason, String... ranges) {
    for (String range : ranges) {
      into.put(AddressRange.parse(range), reason);
    }
  }
}
