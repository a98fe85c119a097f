/**
 * Access tokens: kept encrypted, refreshed one at a time, handed to requests.
 *
 * <p>Read {@link io.voronka.connectors.crm.tokens.AccessTokens} first. Everything here may block
 * except it.
 */
package io.voronka.connectors.crm.tokens;
