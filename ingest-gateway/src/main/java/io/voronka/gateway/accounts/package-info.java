/** Whose token is it: the gateway's copy of the control rows, in memory and on disk. */
package io.voronka.gateway.accounts;
