/** The job's keyed state and how it is written. Changes here must keep old savepoints readable. */
package io.voronka.jobs.evaluaterules.operators.state;
