package io.voronka.infra.local.demo;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.why.ControlCopy;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.Answer;
import io.voronka.rules.why.Reason;
import io.voronka.schemas.ActionOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

/** Asks why until the answer is the one that it should be; says it in both languages. */
final class WhyProbe {
  private static final Duration ASK_EVERY = Duration.ofMillis(100);

  private final WhyRecords records;
  private final String tenant;
  private final String account;
  private final Report report;
  private final Clock clock;
  private final Duration patience;

  WhyProbe(
      WhyRecords records,
      String tenant,
      String account,
      Report report,
      Clock clock,
      Duration patience) {
    this.records = records;
    this.tenant = tenant;
    this.account = account;
    this.report = report;
    this.clock = clock;
    this.patience = patience;
  }

  /** An action has this end. */
  void ended(String name, String rule, long lead, ActionOutcome outcome, String reason)
      throws UnanswerableException {
    step(
        name,
        rule,
        lead,
        answer ->
            answer.fates().stream()
                .anyMatch(fate -> fate.outcome() == outcome && reason.equals(fate.reason())));
  }

  /** The rule did, or did not, fire for this reason. */
  void judged(String name, String rule, long lead, Reason expected) throws UnanswerableException {
    step(name, rule, lead, answer -> answer.reason() == expected);
  }

  private void step(String name, String rule, long lead, Predicate<Answer> expected)
      throws UnanswerableException {
    ControlCopy.Place place = records.place(tenant, account, rule);
    long started = clock.millis();
    Answer[] last = new Answer[1];
    boolean found =
        Polling.until(
            patience,
            ASK_EVERY,
            () -> {
              last[0] = records.answer(place, rule, Long.toString(lead), clock.millis());
              return expected.test(last[0]);
            });
    report.step(name, found, clock.millis() - started, "why: " + last[0].text(Language.EN));
    report.say(last[0].text(Language.RU));
  }
}
