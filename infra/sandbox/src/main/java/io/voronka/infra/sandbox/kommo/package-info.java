/**
 * The simulated Kommo: accounts under {@code /kommo/{subdomain}}, its REST API, its webhooks. Start
 * reading at {@link io.voronka.infra.sandbox.kommo.KommoFront}.
 */
package io.voronka.infra.sandbox.kommo;
