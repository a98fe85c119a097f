package io.voronka.infra.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One part of the stack that runs as a child process: how it is launched, and how one sees that it
 * serves.
 */
interface Component {

  /** What people call it, and the name of its log: {@code kafka}, {@code taskmanager-1}. */
  String name();

  /** Where it can be reached, for people; empty when it has no address of interest. */
  String address();

  /** Prepares its files and says how to launch it; called before every start. */
  Launch launch() throws Exception;

  /** Whether it serves; asked again and again, and allowed to throw while it does not. */
  boolean ready() throws Exception;

  /** How long it may take from launch to {@link #ready()}. */
  default Duration readyWithin() {
    return Duration.ofSeconds(120);
  }

  /** How long it may take to end by itself when asked. */
  default Duration stopGrace() {
    return Duration.ofSeconds(15);
  }

  /**
   * Processes of its own making, beside the child, that a sudden death of the part would take as
   * well.
   */
  default List<Long> furtherPids() {
    return List.of();
  }

  /**
   * A command line.
   *
   * @param command program and arguments
   * @param environment added to the launcher's
   */
  record Launch(List<String> command, Map<String, String> environment) {}
}
