/**
 * Bodies of Kommo's webhooks, whole and damaged, for the tests of whatever receives or decodes
 * them. Nothing of a decoder is used here.
 */
package io.voronka.connectors.testing.kommo;
