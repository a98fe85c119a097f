/** The control database: its migrations and the way to apply them. */
package io.voronka.infra.postgres;
