/** Whose contacts and talks are whose, and why a record is no event. */
package io.voronka.jobs.kit.events.domain;
