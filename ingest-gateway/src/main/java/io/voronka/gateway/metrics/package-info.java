/** What the gateway counts. */
package io.voronka.gateway.metrics;
