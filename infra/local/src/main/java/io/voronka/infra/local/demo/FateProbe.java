package io.voronka.infra.local.demo;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.why.ControlCopy;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.infra.local.why.WhyRecords;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.Answer;
import io.voronka.schemas.ActionOutcome;
import java.time.Clock;
import java.time.Duration;

/** Asks why until an action has the end that it should have; says the answer in both languages. */
final class FateProbe {
  private static final Duration ASK_EVERY = Duration.ofMillis(100);

  private final WhyRecords records;
  private final String tenant;
  private final String account;
  private final Report report;
  private final Clock clock;
  private final Duration patience;

  FateProbe(
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

  /**
   * @param name of the step
   */
  void step(String name, String rule, long lead, ActionOutcome outcome, String reason)
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
              return last[0].fates().stream()
                  .anyMatch(fate -> fate.outcome() == outcome && reason.equals(fate.reason()));
            });
    report.step(name, found, clock.millis() - started, "why: " + last[0].text(Language.EN));
    report.say(last[0].text(Language.RU));
  }
}
