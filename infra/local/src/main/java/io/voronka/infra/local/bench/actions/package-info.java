/**
 * {@code voronka bench actions}: what the trouble of one costs the others in {@code
 * execute-actions}. Read {@code ActionsBench} first.
 */
package io.voronka.infra.local.bench.actions;
