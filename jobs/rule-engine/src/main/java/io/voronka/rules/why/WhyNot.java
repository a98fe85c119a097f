package io.voronka.rules.why;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.why.Answer.Span;
import io.voronka.schemas.RuleQuarantined;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers from the records: the last verdict on the rule, unless something came after it that the
 * records hold no verdict on. Then what is known of the subject is built up again from its events,
 * and the rule is judged with it:
 *
 * <pre>
 *  the rule waits for a moment ──────────────────────────▶ for which, since when
 *  an event after the last verdict triggers the rule ────▶ the index ruled it out: judged again
 *  its wait began or ended after the last verdict ───────▶ judged again, as of its moment
 *  else ─────────────────────────────────────────────────▶ the last verdict
 * </pre>
 */
public final class WhyNot {
  private WhyNot() {}

  /**
   * @param evidence on the question's subject; what is later than the question is passed over
   * @param history of the question's rule
   * @param active false when the tenant or the account is switched off
   */
  public static Answer answer(
      Question question,
      Evidence evidence,
      RuleHistory history,
      AccountSetting setting,
      boolean active) {
    OnRecord recorded = new OnRecord(question, evidence);
    OptionalLong firedBefore = recorded.lastFired(question.at() + 1);
    if (!history.exists()) {
      return Answer.of(question, Reason.RULE_UNKNOWN, setting.zone());
    }
    OptionalLong version = history.versionAt(question.at());
    if (version.isEmpty()) {
      long next = history.nextInForce(question.at()).orElse(0);
      return Answer.of(question, Reason.RULE_NOT_IN_FORCE, setting.zone())
          .with(new Span(0, next, 0, 0))
          .firedBefore(firedBefore);
    }
    Optional<RuleVersion> member = history.version(version.getAsLong());
    if (member.isEmpty()) {
      return Answer.of(question, Reason.RULE_LEFT_OUT, setting.zone())
          .saying(history.problem(version.getAsLong()).orElse(null))
          .firedBefore(firedBefore);
    }
    Rule rule = member.get().rule();
    String account = rule.account().orElse(question.subject().accountId());
    if (!account.equals(question.subject().accountId())) {
      return Answer.of(question, Reason.OTHER_ACCOUNT, setting.zone())
          .about(member)
          .saying(account);
    }
    if (!active) {
      return Answer.of(question, Reason.INACTIVE, setting.zone())
          .about(member)
          .firedBefore(firedBefore);
    }
    Optional<RuleQuarantined> leftOut =
        history
            .leftOut(version.getAsLong(), question.at())
            // Another subtask of the job may not have found it out, and judge on.
            .filter(
                record -> !recorded.judgedAfter(record.getQuarantinedAt(), version.getAsLong()));
    if (leftOut.isPresent()) {
      boolean heavy = leftOut.get().getReason().startsWith("over-");
      return Answer.of(
              question, heavy ? Reason.RULE_TOO_HEAVY : Reason.RULE_LEFT_OUT, setting.zone())
          .about(member)
          .with(new Span(leftOut.get().getQuarantinedAt(), 0, 0, 0))
          .saying(leftOut.get().getDetail())
          .firedBefore(firedBefore);
    }
    SubjectReplay replay = SubjectReplay.run(history, question, evidence, setting);
    if (recorded.last().isEmpty() && replay.lastEvent().isEmpty()) {
      return Answer.of(question, Reason.SUBJECT_UNKNOWN, setting.zone()).about(member);
    }
    if (rule.mode() == Rule.Mode.OFF) {
      return Answer.of(question, Reason.DISABLED, setting.zone())
          .about(member)
          .firedBefore(firedBefore);
    }
    return new Weighing(question, evidence, history, setting, member.get(), recorded, replay)
        .answer();
  }
}
