/**
 * Which hosts and addresses tenants may have called: no request of theirs reaches into the network
 * that the job runs in.
 */
package io.voronka.jobs.executeactions.transport.address;
