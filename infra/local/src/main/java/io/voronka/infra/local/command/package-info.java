/**
 * The subcommands that run the local stack and look after jobs, and the options that they share.
 */
package io.voronka.infra.local.command;
