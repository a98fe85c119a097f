/**
 * evaluate-rules measured beside a keyed job that moves as many bytes and decides nothing. Read
 * {@code RulesBench} first.
 */
package io.voronka.infra.local.bench.rules;
