/** The job's steps: thin, with state, metrics and ways out; what they decide is in domain. */
package io.voronka.jobs.evaluaterules.operators;
