/** Child processes that cannot outlive their launcher: how they are started, leashed and ended. */
package io.voronka.infra.local.process;
