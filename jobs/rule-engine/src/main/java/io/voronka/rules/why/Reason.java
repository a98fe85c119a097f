package io.voronka.rules.why;

/** What an answer comes to. */
public enum Reason {
  FIRED,
  /** It would have fired, and only observes. */
  OBSERVED,
  /** A clause did not hold. */
  NOT_MATCHED,
  /** The event was older than what was known. */
  STALE,
  /** Its mode is off. */
  DISABLED,
  COOLDOWN,
  /** It fired as often for the subject as it may within a time. */
  TOO_OFTEN,
  /** It fired as often on that day as it may. */
  DAY_FULL,
  OUTSIDE_HOURS,
  /** A rule before it fired and stops those after it. */
  STOPPED,
  /** Too many rules in a row caused each other. */
  CHAIN_CUT,
  /** A text of its actions could not be written. */
  TEXT_FAILED,
  /** It could not be judged. */
  FAILED,
  /** Its moment has not come. */
  WAITING,
  /** Its moment had passed before it came into force. */
  MOMENT_PASSED,
  /** The records hold an event that the job has not decided yet. */
  NOT_JUDGED_YET,
  /** Nothing that the subject did makes the rule be judged. */
  NOT_TRIGGERED,
  /** The rule is for another CRM account. */
  OTHER_ACCOUNT,
  /** The tenant or the account is switched off. */
  INACTIVE,
  SUBJECT_UNKNOWN,
  RULE_UNKNOWN,
  /** There is such a rule, but not in the set that was in force. */
  RULE_NOT_IN_FORCE,
  /** Its definition is not valid, so it was left out of the set. */
  RULE_LEFT_OUT,
  /** It took too many steps, so it was left out of the set. */
  RULE_TOO_HEAVY
}
