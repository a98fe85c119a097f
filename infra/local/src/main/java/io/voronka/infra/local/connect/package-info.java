/**
 * Connecting CRM accounts, and watching that their webhooks keep coming.
 *
 * <p>Read {@link io.voronka.infra.local.connect.Connector} first, then {@link
 * io.voronka.infra.local.connect.HookWatch}.
 */
package io.voronka.infra.local.connect;
