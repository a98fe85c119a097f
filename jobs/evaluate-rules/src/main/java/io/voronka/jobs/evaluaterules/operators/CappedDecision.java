package io.voronka.jobs.evaluaterules.operators;

/**
 * A decision on its way to where the tenant's whole day is seen: some of its rules may fire only so
 * often a day.
 *
 * @param decided the encoded record
 * @param actions the encoded requests
 */
public record CappedDecision(String tenantId, byte[] decided, byte[][] actions, Cap[] caps) {

  /**
   * The limits of one of its rules.
   *
   * @param day of the firing in the tenant's time zone, since 1970
   * @param unless ids of rules that stop it if they fire themselves
   */
  public record Cap(
      String ruleId,
      long cooldownMillis,
      int times,
      long withinMillis,
      int perDay,
      long day,
      String[] unless) {}
}
