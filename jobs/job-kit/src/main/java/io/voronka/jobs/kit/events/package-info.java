/**
 * Events on their way from the topic to their leads, for every job that is about leads: {@link
 * io.voronka.jobs.kit.events.LeadEvents} first.
 */
package io.voronka.jobs.kit.events;
