/** Switches that make the simulated vendors misbehave on purpose. They do not survive a restart. */
package io.voronka.infra.sandbox.faults;
