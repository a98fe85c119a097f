package io.voronka.jobs.drivesequences.operators;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.domain.Start;
import io.voronka.sequences.simulation.LeadRun;
import java.util.ArrayList;
import java.util.List;

/** A life as the simulation tells it. */
final class SimulatedLife {
  private SimulatedLife() {}

  static SequenceSet versions(RandomLife life) {
    List<SequenceVersion> versions = new ArrayList<>();
    for (String definition : life.versions) {
      long effectiveAt = versions.isEmpty() ? 0 : life.editedAt;
      versions.add(
          new SequenceVersion(
              SequenceTexts.sequence(definition), versions.size() + 1, effectiveAt));
    }
    return SequenceSet.of(versions);
  }

  static List<SequenceProgressed> of(RandomLife life, SequenceSet versions) {
    LeadRun run =
        new LeadRun(
            versions,
            life.lead,
            SubjectState.EMPTY,
            life.happenings.get(0).at() - 1,
            new AccountSetting(SequenceTexts.BERLIN, null),
            new LifeEffects());
    for (RandomLife.Happens one : life.happenings) {
      if (one.event() != null) {
        run.event(one.event());
      } else {
        run.until(one.at());
        obey(run, one.command());
      }
    }
    run.until(life.end());
    return run.progress();
  }

  private static void obey(LeadRun run, CommandRequested asked) {
    String sequence = asked.getSequenceId();
    if (asked.getKind() == CommandKind.START) {
      run.start(new Start(sequence, asked.getRunKey(), asked.getCommandId(), false, 0));
      return;
    }
    Command.Kind kind =
        switch (asked.getKind()) {
          case PAUSE -> Command.Kind.PAUSE;
          case RESUME ->
              asked.getShiftWaits() ? Command.Kind.RESUME_SHIFTING : Command.Kind.RESUME_KEEPING;
          case SKIP -> Command.Kind.SKIP;
          case CANCEL -> Command.Kind.CANCEL;
          case STOP -> Command.Kind.STOP;
          default -> throw new AssertionError(asked.getKind());
        };
    run.command(
        asked.getCommandId(),
        sequence,
        new Command(kind, asked.getRunKey(), asked.getStepId(), false));
  }
}
