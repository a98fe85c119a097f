/**
 * What every job is made with: arguments, environment, clock, the control gate, duplicate dropping.
 */
package io.voronka.jobs.kit;
