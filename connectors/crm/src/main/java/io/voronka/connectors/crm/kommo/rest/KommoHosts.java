package io.voronka.connectors.crm.kommo.rest;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that an integration's secret may be sent to: one name below a domain of the vendor,
 * over TLS, and whatever else was named explicitly (a simulated vendor). A redirect's {@code
 * referer} comes through a browser, so it is checked like anything that a stranger says.
 */
public final class KommoHosts {
  private static final List<String> DOMAINS = List.of("kommo.com", "amocrm.ru", "amocrm.com");
  private static final Pattern ACCOUNT_HOST =
      Pattern.compile(
          "([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\\.(kommo\\.com|amocrm\\.ru|amocrm\\.com)");

  private final Set<String> others;

  private KommoHosts(Set<String> others) {
    this.others = Set.copyOf(others);
  }

  /** The vendor's own, nothing else. */
  public static KommoHosts ofVendor() {
    return new KommoHosts(Set.of());
  }

  /**
   * These and one more.
   *
   * @param authority {@code host} or {@code host:port}, exactly as it stands in addresses
   */
  public KommoHosts and(String authority) {
    Set<String> more = new HashSet<>(others);
    more.add(Objects.requireNonNull(authority, "authority").toLowerCase(Locale.ROOT));
    return new KommoHosts(more);
  }

  /** Where a person says yes to an integration: the vendor's site for this account. */
  public URI site(URI apiBase) {
    String host = String.valueOf(apiBase.getHost()).toLowerCase(Locale.ROOT);
    String domain =
        DOMAINS.stream()
            .filter(known -> host.endsWith('.' + known))
            .findFirst()
            .orElse(DOMAINS.get(0));
    return URI.create("https://www." + domain);
  }

  /** Why a secret must not be sent to this address; empty when it may. */
  public Optional<String> objection(URI apiBase) {
    if (isOther(apiBase)) {
      return Optional.empty();
    }
    String host = apiBase.getHost();
    if (host == null || !ACCOUNT_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of(apiBase.getRawAuthority() + " is no account's host below " + domains());
    }
    if (!"https".equals(apiBase.getScheme())
        || apiBase.getRawUserInfo() != null
        || apiBase.getPort() != -1
        || !String.valueOf(apiBase.getRawPath()).isEmpty()
        || apiBase.getRawQuery() != null) {
      return Optional.of(host + " must be reached as https://" + host + " and nothing more");
    }
    return Optional.empty();
  }

  /**
   * Why a code that this host gave must not be exchanged at this address; empty when it may.
   *
   * @param referer host as the redirect names it
   * @param subdomain of the account; only compared where the address is a simulated one
   */
  public Optional<String> objection(URI apiBase, String referer, String subdomain) {
    Optional<String> address = objection(apiBase);
    if (address.isPresent()) {
      return address;
    }
    Matcher named = ACCOUNT_HOST.matcher(referer.toLowerCase(Locale.ROOT));
    if (!named.matches()) {
      return Optional.of("the redirect comes from a host that is none below " + domains());
    }
    boolean same =
        isOther(apiBase)
            ? named.group(1).equals(subdomain)
            : named.group().equals(apiBase.getHost().toLowerCase(Locale.ROOT));
    return same
        ? Optional.empty()
        : Optional.of("the code was given for " + named.group() + ", the account is at " + apiBase);
  }

  private boolean isOther(URI apiBase) {
    return apiBase.getRawUserInfo() == null
        && apiBase.getRawAuthority() != null
        && others.contains(apiBase.getRawAuthority().toLowerCase(Locale.ROOT));
  }

  private static String domains() {
    return String.join(", ", DOMAINS);
  }
}
