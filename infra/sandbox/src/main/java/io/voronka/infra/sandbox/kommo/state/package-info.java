/** An account in memory, and the changes that make it: applied at once, journalled as one line. */
package io.voronka.infra.sandbox.kommo.state;
