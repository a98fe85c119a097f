package io.voronka.infra.local.sequences;

import io.voronka.schemas.SequenceProgressed;
import java.util.Set;

/**
 * Which runs are meant.
 *
 * @param tenant null: of all tenants
 * @param account null: of all CRM accounts
 * @param sequenceId null: of all sequences
 * @param leads ids in the CRM; empty: of all leads
 * @param runKey null: of all keys
 */
public record Selection(
    String tenant, String account, String sequenceId, Set<String> leads, String runKey) {

  public Selection {
    leads = Set.copyOf(leads);
  }

  boolean has(SequenceProgressed record) {
    return (tenant == null || tenant.equals(record.getTenantId()))
        && (account == null || account.equals(record.getAccountId()))
        && (sequenceId == null || sequenceId.equals(record.getSequenceId()))
        && (leads.isEmpty() || leads.contains(record.getSubjectId()))
        && (runKey == null || runKey.equals(record.getRunKey()));
  }
}
