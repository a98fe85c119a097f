/**
 * What the benchmarks share: medians and ratios, the report, child processes that are told what to
 * measure, and books of what Kafka holds. Read {@code Comparison} first.
 */
package io.voronka.infra.local.bench;
