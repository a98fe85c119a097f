/** Troubles of the connection to a CRM account, as alerts that people can read. Pure. */
package io.voronka.connectors.crm.trouble;
