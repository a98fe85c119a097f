/** What the job decides without Flink: which rules are in force, and which events it has seen. */
package io.voronka.jobs.evaluaterules.domain;
