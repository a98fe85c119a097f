package io.voronka.infra.local.bench.actions;

import java.util.List;

/** Something that goes wrong for one, and what it costs the others. */
interface Experiment {
  /** As the report calls it. */
  String name();

  /** What the other side of the comparison is called. */
  String control();

  /**
   * Everything that is asked for in one turn.
   *
   * @param trouble false: the control, in which nothing is wrong
   */
  List<Due> timetable(boolean trouble);

  /** From the moment it was due to its effect; milliseconds. Of those who should notice nothing. */
  double millis(Asking.Answered answered);
}
