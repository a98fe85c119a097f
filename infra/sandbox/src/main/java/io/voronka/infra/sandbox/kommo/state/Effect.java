package io.voronka.infra.sandbox.kommo.state;

/**
 * One thing that a caller did to the account, as the ledger tells it.
 *
 * @param kind change_stage, update_field, add_tags, create_lead, create_task, update_task,
 *     add_note, run_salesbot, send_message …
 * @param entityType plural, as in the REST paths; empty when the effect is on the account itself
 * @param entityId the lead (contact …) acted upon; 0 for none
 * @param createdId id of what was made (task, note, message), or null
 */
public record Effect(String kind, String entityType, long entityId, String createdId) {}
