package io.voronka.schemas;

/**
 * Ids of what rules conclude: hash(subject, rule, anchor, occurrence). No version of the rule is in
 * it, so that a replay which meets a newer one cannot act twice.
 */
public final class DecisionIds {
  /** Nothing is judged about one anchor more than once so far. */
  private static final String OCCURRENCE = "0";

  private DecisionIds() {}

  /**
   * @param subject key of the subject
   * @param anchor id of the event; with a moment, the fingerprint of what the wait began with, in
   *     hex
   */
  public static String of(String subject, String ruleId, String anchor) {
    return StableId.of(subject, ruleId, anchor, OCCURRENCE);
  }

  /**
   * The id of a verdict, which is not written where nothing follows from it and this derives it.
   *
   * @param anchor {@code eventId} of the record that the verdict is in
   */
  public static String of(Subject subject, String anchor, RuleVerdict verdict) {
    String written = verdict.getDecisionId();
    return written.isEmpty() ? of(subject.key(), verdict.getRuleId(), anchor) : written;
  }
}
