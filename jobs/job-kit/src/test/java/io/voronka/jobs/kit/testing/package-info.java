/** For the tests of jobs: a small cluster, hand-fed sources, recording sinks, golden uids. */
package io.voronka.jobs.kit.testing;
