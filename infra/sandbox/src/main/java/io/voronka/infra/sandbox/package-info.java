/**
 * A simulated outside world in one process: the vendors' wire formats, limits and habits, and a
 * ledger of everything that was done to it. Knows nothing of Voronka: it is the independent
 * witness.
 */
package io.voronka.infra.sandbox;
