/** Enrolments in few bytes, for the state of a job. */
package io.voronka.sequences.domain.bytes;
