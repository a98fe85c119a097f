package io.voronka.jobs.drivesequences.operators;

/**
 * What happens to a subject, still as it was on its topic: decoded once, where it is driven by, and
 * its bytes are there should it be rejected.
 *
 * @param subject key of the subject
 * @param recordedAt Kafka's timestamp, epoch milliseconds
 */
public record SubjectInput(
    Kind kind, String subject, byte[] value, long recordedAt, int partition, long offset) {

  /** Where it comes from. */
  public enum Kind {
    /** crm.events. */
    EVENT,
    /** actions.completed, those that a sequence asked for. */
    OUTCOME,
    /** commands.requested. */
    COMMAND
  }
}
