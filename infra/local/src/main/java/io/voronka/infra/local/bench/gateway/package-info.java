/**
 * The gateway measured beside the same HTTP server without its work, and beside a bare Kafka
 * producer of the same records. Read {@code GatewayBench} first.
 */
package io.voronka.infra.local.bench.gateway;
