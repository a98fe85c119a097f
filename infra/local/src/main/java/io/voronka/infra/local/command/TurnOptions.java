package io.voronka.infra.local.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long the sides of a measurement take turns. */
final class TurnOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Of each side, taking turns; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of one turn; ${DEFAULT-VALUE} unless given.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Seconds before the first round, for each side or experiment; ${DEFAULT-VALUE} unless given.")
  private int warmUp;

  int rounds() {
    return rounds;
  }

  Duration turn() {
    return Duration.ofSeconds(atLeast(1, "--seconds", seconds));
  }

  Duration warmUp() {
    return Duration.ofSeconds(atLeast(0, "--warm-up", warmUp));
  }

  private static int atLeast(int least, String option, int given) {
    if (given < least) {
      throw new IllegalArgumentException(option + " is at least " + least);
    }
    return given;
  }
}
