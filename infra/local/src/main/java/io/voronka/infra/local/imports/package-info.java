/**
 * What {@code voronka import} does: the catalogue of a CRM account into the control tables, and its
 * leads, contacts and companies onto {@code crm.events}, within a budget of its own and from where
 * the last run stopped.
 *
 * <p>Read {@link io.voronka.infra.local.imports.AccountImport} first.
 */
package io.voronka.infra.local.imports;
