/** The one row that the job writes into the control database. */
package io.voronka.jobs.capturecontrol.postgres;
