/**
 * The port to a customer relationship system: what Voronka asks of one, in words that no vendor
 * owns.
 *
 * <p>Read {@link io.voronka.connectors.crm.CrmClient} first. Vendors live in packages of their own
 * below this one.
 */
package io.voronka.connectors.crm;
