/** Evenly paced changes in the simulated accounts, each with one webhook and a mark of its own. */
package io.voronka.infra.sandbox.load;
