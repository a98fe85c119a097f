package io.voronka.infra.local.bench.gateway;

/**
 * What came of it.
 *
 * @param acknowledged pairs, both of whose records Kafka has acknowledged
 * @param perSecond acknowledged pairs a second while pairs were being sent
 */
public record ProducerFigures(long acknowledged, double perSecond) {}
