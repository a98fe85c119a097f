/** The sandbox's own time, which tests and the demo can push forward or hold still. */
package io.voronka.infra.sandbox.clock;
