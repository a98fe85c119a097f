package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.account;
import static io.voronka.jobs.drivesequences.Records.command;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.drivesequences.Records;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rules and sequences that cause each other. Of what the rules do there is here what their job
 * tells: it does not know what sequences write, and takes each of those hooks for a new beginning.
 */
class ChainsOperatorTest {
  private static final String NAMES =
      "{'id': 'welcome', %s 'steps': [{'id': 'name', 'kommo_action': {'update_field': {'writes':"
          + " [{'field': 'name', 'value': 'by sequence'}]}}}]}";
  private static final String STARTED =
      NAMES.formatted("'entry': {'event': 'call_made', 'again': 'always'},");
  private static final String OPENED =
      NAMES.formatted(
          "'entry': {'event': 'lead_updated', 'again': 'always', 'when': {'field_value': {'field':"
              + " 'name', 'operator': 'equals', 'value': 'by rule'}}},");

  private long now = T0;
  private DriveHarness job;

  private void begin(String definition) throws Exception {
    job =
        DriveHarness.fresh()
            .clock(T0)
            .control(whole(tenant(), account(), sequence(1, 0, definition)));
    job.time(now);
  }

  /** Lost, and restored to where it was. */
  private void again(String definition) throws Exception {
    var state = job.snapshot(1);
    job.close();
    job =
        DriveHarness.restored(state)
            .clock(now)
            .control(whole(tenant(), account(), sequence(1, 0, definition)))
            .time(now);
  }

  private CrmEvent named(String name, String actor) throws Exception {
    now += 1000;
    CrmEvent event = Records.event(EventKind.LEAD_UPDATED, "7", now);
    event.setFields(Map.of("name", name));
    event.setActorId(actor);
    job.event(event).clock(now + 100).time(now);
    return event;
  }

  private CommandRequested start(String eventId) {
    CommandRequested start = command(CommandKind.START, "7", "by " + eventId, now);
    start.setDecisionId("d");
    start.setEventId(eventId);
    start.setChainDepth(1);
    return start;
  }

  private ActionRequested write(String eventId) {
    return Records.naming("7", "by rule", eventId, 1, now);
  }

  /** What the sequence has asked for last is done, and its run is over. */
  private void done() throws Exception {
    List<ActionRequested> actions = job.actions();
    if (!actions.isEmpty()) {
      now += 1000;
      job.outcome(completed(actions.get(actions.size() - 1), ActionOutcome.CONFIRMED, now));
      job.clock(now).time(now);
    }
  }

  private boolean refused() {
    return job.told().contains("refused(name):chain-too-deep");
  }

  @Test
  void aRuleThatStartsTheSequenceWhoseWriteFiresItIsCut() throws Exception {
    begin(STARTED);
    String cause = named("Anna", "42").getId();
    int runs = 0;
    while (runs < 20) {
      job.command(start(cause));
      if (refused()) {
        break;
      }
      assertThat(job.actions()).hasSize(1);
      assertThat(job.actions().get(0).getChainDepth()).isEqualTo(2 * runs + 2);
      done();
      again(STARTED);
      cause = named("by sequence", "1").getId();
      runs++;
    }
    assertThat(runs).isEqualTo(2);
    job.command(start(named("Vera", "42").getId()));
    assertThat(job.actions())
        .extracting("chainDepth")
        .as("a person begins anew")
        .containsExactly(2);
    job.close();
  }

  @Test
  void aRuleThatHasWaitedSinceTheSequencesWriteIsInItsChain() throws Exception {
    begin(STARTED);
    String cause = named("Anna", "42").getId();
    for (int runs = 0; runs < 2; runs++) {
      job.command(start(cause));
      done();
      CrmEvent told = named("by sequence", "1");
      now += 30 * DAY;
      job.clock(now).time(now);
      again(STARTED);
      cause = HexFormat.of().toHexDigits(StableId.fingerprint(told.getId()));
    }
    job.command(start(cause));

    assertThat(job.told()).containsExactly("refused(name):chain-too-deep");
    job.close();
  }

  @Test
  void aRuleWhoseWriteOpensTheSequenceWhoseWriteFiresItIsCut() throws Exception {
    begin(OPENED);
    String cause = named("Anna", "42").getId();
    int runs = 0;
    while (runs < 20) {
      job.request(write(cause));
      named("by rule", "1");
      if (refused()) {
        break;
      }
      assertThat(job.actions()).hasSize(1);
      done();
      again(OPENED);
      cause = named("by sequence", "1").getId();
      runs++;
    }
    assertThat(runs).isEqualTo(2);
    job.close();
  }

  @Test
  void aPersonWhoWritesTheSameIsNoEcho() throws Exception {
    begin(OPENED);
    for (int i = 0; i < 8; i++) {
      job.request(write(named("by sequence", "42").getId()));
      named("by rule", "42");
      done();
      again(OPENED);
    }
    named("by rule", "42");
    assertThat(job.actions()).extracting("chainDepth").containsExactly(1);
    job.close();
  }

  @Test
  void whereEchoesAreExpectedARulesWishWaitsForTheEventThatItIsAbout() throws Exception {
    begin(STARTED);
    job.command(start(named("Anna", "42").getId()));
    done();
    long at = now + 300;
    CrmEvent told = Records.event(EventKind.LEAD_UPDATED, "7", at);
    told.setFields(Map.of("name", "by sequence"));
    now = at;
    job.clock(at + 50).command(start(told.getId()));
    assertThat(job.actions()).hasSize(1);
    job.event(told).time(at);

    assertThat(job.actions()).extracting("chainDepth").containsExactly(2, 4);
    job.close();
  }
}
