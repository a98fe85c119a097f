/**
 * PostgreSQL tables as a stream of changes. Debezium's and Flink CDC's types end here: what leaves
 * is {@link io.voronka.connectors.changecapture.RowChange}.
 */
package io.voronka.connectors.changecapture;
