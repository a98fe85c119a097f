/**
 * Flink sources and sinks of our records. Reading is two steps in one chain: raw records with their
 * place in Kafka, and a decoder that sends what it cannot read down a side path.
 */
package io.voronka.connectors.kafka.streams;
