/**
 * What to write to the control topics for what is seen in the control tables. Plain Java and the
 * control records; no Flink, no Kafka, no JSON.
 */
package io.voronka.jobs.capturecontrol.domain;
