/**
 * What a webhook is worth: which account it belongs to, what was understood in it, and which
 * records come of that. Pure; knows neither HTTP nor Kafka's client.
 */
package io.voronka.gateway.accept;
