/**
 * The local stack: real Kafka, PostgreSQL and Flink, the gateway and the sandbox as child
 * processes, supervised, with their data in one folder. Start reading at {@link
 * io.voronka.infra.local.stack.LocalStack}.
 */
package io.voronka.infra.local.stack;
