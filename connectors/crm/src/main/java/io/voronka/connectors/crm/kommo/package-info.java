/** Kommo (amoCRM): {@code webhook} reads what it tells us, {@code rest} tells it what to do. */
package io.voronka.connectors.crm.kommo;
