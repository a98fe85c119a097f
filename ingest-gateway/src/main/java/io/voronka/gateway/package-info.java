/**
 * The gateway as a process: what it is configured with, how its parts are put together, started and
 * stopped.
 */
package io.voronka.gateway;
