/**
 * Load through the front door while parts are killed, and the comparing of three books afterwards:
 * what the senders were told, what the topics hold, what the CRM did. Read {@code Soak} first.
 */
package io.voronka.infra.local.soak;
