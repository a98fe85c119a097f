/** The bodies of Kommo's webhooks, byte for byte: bracketed keys, form encoding, key order. */
package io.voronka.infra.sandbox.kommo.hooks;
