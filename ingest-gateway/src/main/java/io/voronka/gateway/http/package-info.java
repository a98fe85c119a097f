/**
 * The public surface: webhooks in, small answers out. Each event loop has a {@link
 * io.voronka.gateway.http.WebhookVerticle} with buffers of its own.
 */
package io.voronka.gateway.http;
