/**
 * Our records on Kafka, read the plain way: for the demo, the benchmarks and the comparing of
 * books. And whether the Kafka that somebody names is there at all.
 */
package io.voronka.infra.local.topics;
