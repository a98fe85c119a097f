/** Stand-ins for the outside world that tests run against. */
package io.voronka.jobs.executeactions.outside;
