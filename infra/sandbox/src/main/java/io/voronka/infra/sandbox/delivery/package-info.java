/**
 * Sends webhooks as the vendors do: time limit, retry ladder, switch-off; and keeps a list of what
 * each attempt was told.
 */
package io.voronka.infra.sandbox.delivery;
