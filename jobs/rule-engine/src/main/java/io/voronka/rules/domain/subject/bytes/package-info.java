/** What is known of a subject in few bytes, for the states of jobs. */
package io.voronka.rules.domain.subject.bytes;
