/**
 * The job that carries actions out: {@code actions.requested} in, {@code actions.completed} out.
 */
package io.voronka.jobs.executeactions;
