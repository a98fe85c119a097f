/** The Kafka broker of the local stack, from formatting its folder to running it. */
package io.voronka.infra.local.kafka;
