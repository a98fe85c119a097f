/** Real outside systems for tests, on free ports, as JUnit extensions: one class per system. */
package io.voronka.connectors.testing;
