package io.voronka.jobs.executeactions.transport.address;

import io.voronka.jobs.executeactions.domain.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Finds the one address that a host is called at. Whoever calls connects to that address, and asks
 * no resolver again: a second question could be answered with another address.
 */
public final class AllowedHost {
  private final Lookup lookup;
  private final AddressGuard guard;

  public AllowedHost(Lookup lookup, AddressGuard guard) {
    this.lookup = lookup;
    this.guard = guard;
  }

  /**
   * The first of the host's addresses. All of them have to be allowed.
   *
   * @param host a name, or an address with or without brackets
   * @throws UnknownHostException when it has no address
   */
  public InetAddress address(String host) throws RefusedAddressException, UnknownHostException {
    InetAddress[] addresses = lookup.addresses(bare(host));
    for (InetAddress address : addresses) {
      Optional<Reason> refusal = guard.refusal(address);
      if (refusal.isPresent()) {
        throw new RefusedAddressException(
            refusal.get(), host + " is at " + address.getHostAddress());
      }
    }
    return addresses[0];
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
