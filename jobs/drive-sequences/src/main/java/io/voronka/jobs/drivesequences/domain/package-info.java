/** Which sequences there are at a time, and what commands mean to them. */
package io.voronka.jobs.drivesequences.domain;
