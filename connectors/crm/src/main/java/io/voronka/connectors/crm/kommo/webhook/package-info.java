/**
 * Kommo's webhooks as {@code CrmEvent}s.
 *
 * <p>{@link io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder} walks the body, one reader
 * per kind of entity says what it means. Pure: no clock, no I/O.
 */
package io.voronka.connectors.crm.kommo.webhook;
