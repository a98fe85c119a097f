package io.voronka.infra.local.flink;

import java.nio.file.Path;

/** How a folder of checkpoints or savepoints on this machine is named to Flink. */
public final class StatePath {

  private StatePath() {}

  /**
   * With a scheme and without percent-encoding: Flink takes the text as it is, so that the address
   * {@code file:/a%20b} would be another folder than {@code /a b}.
   */
  public static String of(Path folder) {
    return "file://" + folder.toAbsolutePath().normalize();
  }
}
