package io.voronka.infra.local.demo;

import io.voronka.infra.sandbox.ledger.LedgerEntry;

/**
 * One effect that must be in the CRM's ledger exactly once.
 *
 * @param account subdomain
 * @param kind as the ledger names it: create_task, change_stage, ...
 * @param entity {@code leads/1}
 * @param text must occur in what was sent; empty for any
 */
record Expected(String account, String kind, String entity, String text) {

  boolean matches(LedgerEntry entry) {
    return entry.account().equals(account)
        && entry.kind().equals(kind)
        && entry.entity().equals(entity)
        && (text.isEmpty() || entry.body().toString().contains(text));
  }

  @Override
  public String toString() {
    return kind
        + " on "
        + entity
        + " of "
        + account
        + (text.isEmpty() ? "" : " with '" + text + "'");
  }
}
