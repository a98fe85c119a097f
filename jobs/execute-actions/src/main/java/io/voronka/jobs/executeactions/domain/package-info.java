/**
 * What is done with an action and when: queue, budget, retries, verification, outcomes. Plain Java
 * over our own records; no Flink, Kafka, JSON or HTTP, and no clock of its own.
 */
package io.voronka.jobs.executeactions.domain;
