package io.voronka.rules.why;

import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.explain.Language;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a rule did, or did not, fire.
 *
 * @param rule in the version that was judged; empty when it is not known or not valid
 * @param judged the verdict that it rests on; empty when there is none
 * @param fates of the actions, of a rule that fired
 * @param span what holds it back, or what it waits for
 * @param detail what else there is to say, by the reason: the rule that stops it, its account, the
 *     last event, what is wrong with the definition
 * @param lastFired when it had last fired for the subject before, epoch milliseconds
 * @param complete false when older events have been deleted and the answer is rebuilt without them
 * @param zone of the tenant, for times in the text
 */
public record Answer(
    Question question,
    Reason reason,
    Optional<RuleVersion> rule,
    Optional<Judged> judged,
    List<Fate> fates,
    Span span,
    Optional<String> detail,
    OptionalLong lastFired,
    boolean complete,
    ZoneId zone) {

  public Answer {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(reason, "reason");
    fates = List.copyOf(fates);
  }

  /**
   * From when to when, epoch milliseconds; 0 where it is not known.
   *
   * @param times how often is allowed; 0 where that is not the matter
   */
  public record Span(long since, long until, long lengthMillis, int times) {
    static final Span NONE = new Span(0, 0, 0, 0);
  }

  /** One or two sentences. */
  public String text(Language language) {
    return new AnswerText(this, language).text();
  }

  static Answer of(Question question, Reason reason, ZoneId zone) {
    return new Answer(
        question,
        reason,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Span.NONE,
        Optional.empty(),
        OptionalLong.empty(),
        true,
        zone);
  }

  Answer about(Optional<RuleVersion> version) {
    return new Answer(
        question, reason, version, judged, fates, span, detail, lastFired, complete, zone);
  }

  Answer on(Judged verdict) {
    return new Answer(
        question,
        reason,
        rule,
        Optional.of(verdict),
        fates,
        span,
        detail,
        lastFired,
        complete,
        zone);
  }

  Answer with(List<Fate> done) {
    return new Answer(
        question, reason, rule, judged, done, span, detail, lastFired, complete, zone);
  }

  Answer with(Span when) {
    return new Answer(
        question, reason, rule, judged, fates, when, detail, lastFired, complete, zone);
  }

  Answer saying(String what) {
    return new Answer(
        question,
        reason,
        rule,
        judged,
        fates,
        span,
        Optional.ofNullable(what),
        lastFired,
        complete,
        zone);
  }

  Answer firedBefore(OptionalLong at) {
    return new Answer(question, reason, rule, judged, fates, span, detail, at, complete, zone);
  }

  Answer withComplete(boolean whole) {
    return new Answer(question, reason, rule, judged, fates, span, detail, lastFired, whole, zone);
  }
}
