package io.voronka.sequences.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.RandomSequences;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Advance;
import io.voronka.sequences.domain.Enrolment;
import io.voronka.sequences.domain.Input;
import io.voronka.sequences.domain.Scene;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceMachine;
import io.voronka.sequences.domain.SequenceVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The simulation, which jumps from moment to moment, against the machine that is asked every five
 * minutes whether something is due, as by a job that is always late.
 */
class StepByStepTest {
  private static final long TICK = 300_000L;
  private static final long START = SequenceTexts.millis("2026-03-25T12:00");
  private static final long END = START + 40 * 86_400_000L;

  @Test
  void simulationAndMachineAgree() {
    int records = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed * 17L);
      Sequence sequence =
          SequenceTexts.sequence(
              new RandomSequences(random, true, RandomSequences.noCoverage()).definition("s"));
      List<CrmEvent> history = history(random);

      LeadRun simulated =
          SequenceTexts.lead(SequenceTexts.set(sequence), "2026-03-25T12:00", Effects.confirmed());
      history.forEach(simulated::event);
      simulated.until(END);

      List<SequenceProgressed> stepwise = new Machine(sequence).run(history);
      assertThat(stepwise).as("seed %s", seed).isEqualTo(simulated.progress());
      records += stepwise.size();
    }
    assertThat(records).isGreaterThan(1000);
  }

  private static List<CrmEvent> history(Random random) {
    List<CrmEvent> history = new ArrayList<>();
    long at = START + 1000;
    history.add(event(EventKind.LEAD_CREATED, at, random));
    for (int i = 0; i < 20; i++) {
      at += 1 + random.nextInt(100_000_000);
      EventKind[] kinds = {
        EventKind.LEAD_UPDATED, EventKind.MESSAGE_RECEIVED, EventKind.NOTE_ADDED
      };
      history.add(event(kinds[random.nextInt(kinds.length)], at, random));
    }
    return history;
  }

  private static CrmEvent event(EventKind kind, long at, Random random) {
    Map<String, String> fields = new HashMap<>();
    if (kind != EventKind.MESSAGE_RECEIVED && kind != EventKind.NOTE_ADDED) {
      fields.put("name", "Anna");
      fields.put("price", Integer.toString(random.nextInt(100)));
      fields.put("meeting", Long.toString((at + random.nextInt(400_000_000)) / 1000));
    }
    return SequenceTexts.event(kind, at, fields);
  }

  /** One enrolment and no set: entry by the first event. */
  private static final class Machine {
    private final SequenceVersion by;
    private final List<SequenceProgressed> progress = new ArrayList<>();
    private final AccountSetting setting = new AccountSetting(SequenceTexts.BERLIN, null);
    private SubjectState state = SubjectState.EMPTY;
    private Enrolment enrolment;
    private Input.Outcome outcome;
    private long outcomeAt = Long.MAX_VALUE;

    Machine(Sequence sequence) {
      this.by = new SequenceVersion(sequence, 1, 0);
    }

    List<SequenceProgressed> run(List<CrmEvent> history) {
      int read = 0;
      for (long tick = START; tick <= END; tick += TICK) {
        while (read < history.size() && history.get(read).getReceivedAt() <= tick) {
          CrmEvent event = history.get(read++);
          passes(event.getReceivedAt());
          event(event);
        }
        passes(tick);
      }
      return progress;
    }

    private void event(CrmEvent event) {
      long at = event.getReceivedAt();
      SubjectView view = SubjectView.of(state, event, at, setting.surroundings());
      state = view.after();
      Scene scene = new Scene(view, Clocks.at(at), setting.zone(), event.getId());
      if (event.getKind() == EventKind.LEAD_CREATED) {
        enrolment = Enrolment.entered(SequenceTexts.LEAD, by, null, event.getId(), 0, at);
        take(SequenceMachine.enter(by, enrolment, scene), at);
      } else if (enrolment != null) {
        take(SequenceMachine.advance(by, enrolment, new Input.Event(), scene), at);
      }
    }

    private void passes(long moment) {
      while (true) {
        long due = enrolment == null ? Long.MAX_VALUE : enrolment.nextDue();
        long next = Math.min(due, outcomeAt);
        if (next > moment) {
          return;
        }
        SubjectView view = SubjectView.at(SequenceTexts.LEAD, state, next, setting.surroundings());
        Scene scene = new Scene(view, Clocks.at(next), setting.zone(), null);
        Input input = new Input.Moment();
        if (outcomeAt <= next) {
          input = outcome;
          outcomeAt = Long.MAX_VALUE;
        }
        if (enrolment != null) {
          take(SequenceMachine.advance(by, enrolment, input, scene), next);
        }
      }
    }

    private void take(Advance advance, long now) {
      enrolment = advance.after();
      progress.addAll(advance.progress());
      for (ActionRequested action : advance.actions()) {
        Effects.Effect effect = Effects.confirmed().of(action);
        outcome = new Input.Outcome(action.getStep(), effect.outcome(), effect.reason());
        outcomeAt = now + effect.afterMillis();
      }
    }
  }
}
