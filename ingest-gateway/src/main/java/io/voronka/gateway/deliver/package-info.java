/**
 * The way from an accepted webhook to the log: straight to Kafka while it answers, through the
 * spool while it does not. Start with {@link io.voronka.gateway.deliver.Outbox}.
 */
package io.voronka.gateway.deliver;
