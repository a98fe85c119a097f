package io.voronka.infra.sandbox.client;

import java.util.List;

/**
 * Evenly paced webhooks, one per change, each with a mark that occurs nowhere else: {@code
 * <prefix>-<index, 7 digits>}.
 *
 * @param id name of the run, also the default prefix of its marks
 * @param accounts subdomains, served in turn; null for all
 * @param ratePerSecond webhooks a second over all accounts
 * @param count how many
 * @param kind what changes
 * @param pipelineId null for the main pipeline
 * @param fromStatusId stage that leads start in; null for the first
 * @param toStatusId stage that leads are made in or move to; null for the second
 * @param fieldId custom field that is set to the mark as well; null for none
 * @param leadsPerAccount 0 makes a new lead for each change; n uses n leads over and over
 * @param markPrefix null for the id
 */
public record LoadSpec(
    String id,
    List<String> accounts,
    double ratePerSecond,
    long count,
    Kind kind,
    Long pipelineId,
    Long fromStatusId,
    Long toStatusId,
    Long fieldId,
    int leadsPerAccount,
    String markPrefix) {

  /** What changes, and so which one webhook is sent for it. The lead's name is the mark. */
  public enum Kind {
    /** {@code add_lead}. */
    LEAD_ADDED,
    /** {@code status_lead}: a lead moves from one stage to the other. */
    LEAD_MOVED,
    /** {@code update_lead}. */
    LEAD_UPDATED,
    /** {@code note_lead}: a note whose text is the mark. */
    NOTE_ADDED,
    /** {@code add_message}: the client writes the mark into the lead's talk. */
    MESSAGE_RECEIVED;

    /** The subscription code of its webhook. */
    public String code() {
      return switch (this) {
        case LEAD_ADDED -> "add_lead";
        case LEAD_MOVED -> "status_lead";
        case LEAD_UPDATED -> "update_lead";
        case NOTE_ADDED -> "note_lead";
        case MESSAGE_RECEIVED -> "add_message";
      };
    }
  }

  /** Leads that move once each, in all accounts. */
  public static LoadSpec moves(String id, double ratePerSecond, long count) {
    return new LoadSpec(
        id, null, ratePerSecond, count, Kind.LEAD_MOVED, null, null, null, null, 0, null);
  }

  /** The mark of the change with this index, from 0. */
  public String mark(long index) {
    return (markPrefix == null ? id : markPrefix) + "-" + String.format("%07d", index);
  }
}
