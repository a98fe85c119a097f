package io.voronka.infra.local.bench.gateway;

/**
 * One stretch of producing pairs of records: a webhook's archive record and its event.
 *
 * @param pairs how many different pairs to take from the gateway's own topics
 * @param cell prefix of the topics to write to
 * @param millis how long
 */
public record ProducerOrder(String bootstrapServers, int pairs, String cell, long millis) {}
