package io.voronka.infra.local.flink;

/**
 * The cluster at a glance.
 *
 * @param version Flink's version
 * @param taskManagers how many are registered
 * @param slots how many slots they have
 * @param freeSlots how many of them are free
 */
public record ClusterOverview(String version, int taskManagers, int slots, int freeSlots) {}
