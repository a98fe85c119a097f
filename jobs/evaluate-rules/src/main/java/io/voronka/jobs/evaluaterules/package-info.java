/**
 * Judges every event of a CRM by the rules of its tenant. Read {@link
 * io.voronka.jobs.evaluaterules.EvaluateRulesPipeline} first.
 */
package io.voronka.jobs.evaluaterules;
