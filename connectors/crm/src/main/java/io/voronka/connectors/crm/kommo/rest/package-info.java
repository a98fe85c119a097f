/**
 * Kommo's REST interface, version 4, and its OAuth.
 *
 * <p>Read {@link io.voronka.connectors.crm.kommo.rest.KommoClient} first.
 */
package io.voronka.connectors.crm.kommo.rest;
