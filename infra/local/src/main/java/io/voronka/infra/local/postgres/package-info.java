/** The PostgreSQL server of the local stack, from unpacking its binaries to stopping it. */
package io.voronka.infra.local.postgres;
