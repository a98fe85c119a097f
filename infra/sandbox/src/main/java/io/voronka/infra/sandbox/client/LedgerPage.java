package io.voronka.infra.sandbox.client;

import io.voronka.infra.sandbox.ledger.LedgerEntry;
import java.util.List;

/**
 * Some lines of the ledger.
 *
 * @param next pass it as {@code after} to read on
 * @param end the newest line on disk when the page was read
 */
public record LedgerPage(List<LedgerEntry> lines, long next, long end) {}
