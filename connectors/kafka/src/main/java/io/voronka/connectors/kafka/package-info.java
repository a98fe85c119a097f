/**
 * Kafka for our records, as far as it needs no Flink: settings, schemas on {@code
 * schemas.published}, topic creation. Packages beside it: {@code control} (reading the control
 * topics) and {@code streams} (Flink sources and sinks).
 */
package io.voronka.connectors.kafka;
