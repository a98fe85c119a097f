/** Working stand-ins for the gateway's ports, and words for its tests. */
package io.voronka.gateway.testing;
