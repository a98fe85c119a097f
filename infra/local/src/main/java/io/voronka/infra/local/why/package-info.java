/**
 * Reads from a cell's topics what the answer to "why did this rule not fire?" needs; the answering
 * itself is in the rule engine. Read {@code WhyRecords} first.
 */
package io.voronka.infra.local.why;
