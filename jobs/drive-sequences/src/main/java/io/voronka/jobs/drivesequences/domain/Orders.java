package io.voronka.jobs.drivesequences.domain;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.sequences.domain.Causes;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.Start;

/** Commands as records, and what they mean to sequences. */
public final class Orders {
  private Orders() {}

  /**
   * Lets somebody in.
   *
   * @param known of whom it is about
   */
  public static Start start(CommandRequested command, SubjectState known) {
    return new Start(
        command.getSequenceId(),
        command.getRunKey(),
        command.getCommandId(),
        byRule(command),
        Causes.depth(known, command.getEventId(), command.getChainDepth()));
  }

  /** Does something to those who are inside. */
  public static Command command(CommandRequested command) {
    Command.Kind kind =
        switch (command.getKind()) {
          case PAUSE -> Command.Kind.PAUSE;
          case RESUME ->
              command.getShiftWaits() ? Command.Kind.RESUME_SHIFTING : Command.Kind.RESUME_KEEPING;
          case SKIP -> Command.Kind.SKIP;
          case CANCEL -> Command.Kind.CANCEL;
          case STOP -> Command.Kind.STOP;
          case START, WITHDRAW, UNKNOWN ->
              throw new IllegalStateException("no command to an enrolment: " + command.getKind());
        };
    return new Command(kind, command.getRunKey(), command.getStepId(), byRule(command));
  }

  /**
   * True for what counts among the events of its time: whatever a rule asks for, and that somebody
   * is let in. Whatever else a person asks of a run is meant for as it is, at once.
   */
  public static boolean ofItsTime(CommandRequested command) {
    return byRule(command) || command.getKind() == CommandKind.START;
  }

  /** True when a rule asks. */
  public static boolean byRule(CommandRequested command) {
    return command.getDecisionId() != null;
  }
}
