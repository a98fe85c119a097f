/** How an action reaches the outside world: the port, and its ways to a CRM and to a webhook. */
package io.voronka.jobs.executeactions.transport;
