/**
 * Our records on Kafka, read the plain way: for the demo, the benchmarks and the comparing of
 * books.
 */
package io.voronka.infra.local.topics;
