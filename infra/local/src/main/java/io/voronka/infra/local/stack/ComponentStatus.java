package io.voronka.infra.local.stack;

import java.util.OptionalLong;

/**
 * How one component is.
 *
 * @param name as in {@link LocalStack}'s constants
 * @param state see there
 * @param pid process id of the child; -1 when none runs
 * @param starts how often it was launched, the first time included
 * @param readyMillis how long the last start took until it served; -1 when it does not yet
 * @param address for people; may be empty
 * @param residentBytes resident memory, its own child processes included
 */
public record ComponentStatus(
    String name,
    State state,
    long pid,
    int starts,
    long readyMillis,
    String address,
    OptionalLong residentBytes) {

  /** The life of a component. */
  public enum State {
    WAITING,
    STARTING,
    READY,
    /** It ended unasked and is started again after a pause. */
    DOWN,
    /** It could not be started; the stack as a whole gives up. */
    FAILED,
    STOPPED
  }
}
