/** Calls to tenants' own addresses, in the form of the Standard Webhooks specification. */
package io.voronka.jobs.executeactions.transport.webhook;
