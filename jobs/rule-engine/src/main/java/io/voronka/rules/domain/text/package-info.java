/**
 * Texts with variables: read with the Liquid grammar when a rule is written, filled from what is
 * known of a subject when it fires. Nothing in them is executed, and nothing in them can run for
 * long.
 */
package io.voronka.rules.domain.text;
