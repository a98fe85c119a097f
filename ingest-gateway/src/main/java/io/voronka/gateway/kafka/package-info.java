/** The log, when it is Kafka. */
package io.voronka.gateway.kafka;
