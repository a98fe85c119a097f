/**
 * The contract between processes: Avro records (generated from {@code src/main/avro}), their
 * encoding, the topics, and the words that keys and ids are made of. Depends on nothing else of
 * ours.
 */
package io.voronka.schemas;
