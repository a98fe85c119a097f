/**
 * Bracketed forms ({@code leads[add][0][id]=1}) as a tree of names and texts.
 *
 * <p>Only syntax lives here; what the names mean is the business of {@code kommo.webhook}.
 */
package io.voronka.connectors.crm.kommo.form;
