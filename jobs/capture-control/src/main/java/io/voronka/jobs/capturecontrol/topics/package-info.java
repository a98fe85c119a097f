/** The control topics: reading them whole at the start, writing rows, tombstones and markers. */
package io.voronka.jobs.capturecontrol.topics;
