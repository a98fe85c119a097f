package io.voronka.jobs.executeactions.transport;

import java.time.Instant;

/** Whether something in the CRM can be what an action of ours left there. */
final class Trace {
  private Trace() {}

  /** Where one of the two is not known, the rest has to do. */
  static boolean isBy(String author, String user) {
    return author == null || user == null || author.equals(user);
  }

  /**
   * The vendor may keep a text without what cannot be seen: a line break at its end, as texts of
   * many lines in YAML have it, or the other way to break a line.
   */
  static boolean isText(String wanted, String kept) {
    return kept != null && visible(wanted).equals(visible(kept));
  }

  private static String visible(String text) {
    return text.replaceAll("\\s*\\R\\s*", "\n").strip();
  }

  /**
   * The vendor's times are whole seconds.
   *
   * @param moment null when the vendor does not say: then it is not
   * @param since epoch milliseconds
   */
  static boolean notBefore(Instant moment, long since) {
    return moment != null
        && moment.getEpochSecond() >= Instant.ofEpochMilli(since).getEpochSecond();
  }
}
