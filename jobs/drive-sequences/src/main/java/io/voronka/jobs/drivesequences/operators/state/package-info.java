/** What the job remembers, and its bytes. */
package io.voronka.jobs.drivesequences.operators.state;
