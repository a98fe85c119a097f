/**
 * Secrets by reference: configuration, tables and topics carry the reference, only the process that
 * needs it looks.
 */
package io.voronka.connectors.crm.secrets;
