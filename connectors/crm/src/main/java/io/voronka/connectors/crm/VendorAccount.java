package io.voronka.connectors.crm;

import java.util.Objects;

/**
 * An account as its system describes it.
 *
 * @param id the vendor's number as text
 * @param subdomain the first part of its host name; the owner may change it
 * @param name for a reader, may be empty
 * @param currentUserId the user that our token acts as; null when the answer does not say
 */
public record VendorAccount(String id, String subdomain, String name, String currentUserId) {
  public VendorAccount {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(subdomain, "subdomain");
    Objects.requireNonNull(name, "name");
  }
}
