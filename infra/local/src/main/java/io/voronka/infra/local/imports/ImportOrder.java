package io.voronka.infra.local.imports;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What to import.
 *
 * @param accountId null: all active accounts of the tenant
 * @param kinds entities to read besides the catalogue; none: the catalogue alone
 * @param fresh begin at the beginning, whatever earlier runs have read
 * @param requestsPerSecond the import's own budget; never more than the account's
 */
public record ImportOrder(
    String tenantId,
    String accountId,
    Set<ImportedKind> kinds,
    boolean fresh,
    int requestsPerSecond) {

  /** What leaves most of the seven a second that Kommo grants to those who act. */
  public static final int USUAL_PACE = 2;

  public ImportOrder {
    Objects.requireNonNull(tenantId, "tenantId");
    // In the order of the enumeration, whatever was given.
    Set<ImportedKind> sorted = EnumSet.noneOf(ImportedKind.class);
    sorted.addAll(kinds);
    kinds = Collections.unmodifiableSet(sorted);
    if (requestsPerSecond < 1) {
      throw new IllegalArgumentException("at least one request a second");
    }
  }

  /** The catalogue alone. */
  public static ImportOrder catalogue(String tenantId, String accountId) {
    return new ImportOrder(tenantId, accountId, Set.of(), false, USUAL_PACE);
  }

  /** Everything. */
  public static ImportOrder all(String tenantId, String accountId) {
    return new ImportOrder(
        tenantId, accountId, EnumSet.allOf(ImportedKind.class), false, USUAL_PACE);
  }
}
