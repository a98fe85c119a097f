/** Captured rows, which are text by column, into control records; what cannot be one, named. */
package io.voronka.jobs.capturecontrol.decode;
