package io.voronka.infra.local.stack;

import java.util.List;

/**
 * One of our jobs on the local cluster.
 *
 * @param name the job's name, its consumer group's, and its module's below {@code jobs/}
 * @param arguments for its main
 * @param parallelism default parallelism
 * @param start what it begins with
 */
record JobPlan(String name, List<String> arguments, int parallelism, Start start) {

  JobPlan {
    arguments = List.copyOf(arguments);
  }

  /** What a job begins with. */
  enum Start {
    /** Its newest savepoint or checkpoint. */
    NEWEST_STATE,
    /** Nothing, always: what it publishes is its memory. */
    NOTHING
  }
}
