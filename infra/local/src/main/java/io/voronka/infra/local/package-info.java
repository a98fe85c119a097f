/**
 * The {@code voronka} command. {@link io.voronka.infra.local.Voronka} is its main class and lists
 * the subcommands; the local stack itself is in {@link io.voronka.infra.local.stack}.
 */
package io.voronka.infra.local;
