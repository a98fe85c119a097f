/**
 * Rules tried out before they are turned on: one subject, example events and a clock that is moved
 * by hand. Decides as the job does, by the same code. Read {@link io.voronka.rules.trial.Example}
 * first.
 */
package io.voronka.rules.trial;
