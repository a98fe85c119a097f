/**
 * A Flink session cluster seen through its REST API: submitting, saving, stopping and watching
 * jobs.
 */
package io.voronka.infra.local.flink;
