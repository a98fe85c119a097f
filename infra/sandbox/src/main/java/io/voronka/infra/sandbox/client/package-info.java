/**
 * The way in for the demo, benchmarks and tests: a typed client of the admin API and the records it
 * speaks. Start with {@link io.voronka.infra.sandbox.client.SandboxClient}.
 */
package io.voronka.infra.sandbox.client;
