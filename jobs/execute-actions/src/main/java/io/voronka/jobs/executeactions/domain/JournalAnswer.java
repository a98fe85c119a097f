package io.voronka.jobs.executeactions.domain;

/**
 * What the journal of sends says about an action that is about to leave, or may have left.
 *
 * @param earlier null unless an attempt that it tells of stands in the way
 */
public record JournalAnswer(Kind kind, BegunSend earlier) {

  /** What it comes to. */
  public enum Kind {
    /** No other life of the job has begun what may have done it. */
    FREE,
    /** Another life has begun it. */
    BEGUN,
    /** It cannot be asked now. */
    AWAY,
    /** This job has none. */
    MISSING
  }

  public static JournalAnswer free() {
    return new JournalAnswer(Kind.FREE, null);
  }

  public static JournalAnswer begun(BegunSend earlier) {
    return new JournalAnswer(Kind.BEGUN, earlier);
  }

  public static JournalAnswer away() {
    return new JournalAnswer(Kind.AWAY, null);
  }

  public static JournalAnswer missing() {
    return new JournalAnswer(Kind.MISSING, null);
  }
}
