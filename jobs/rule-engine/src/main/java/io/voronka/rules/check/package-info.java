/**
 * What is odd about rules that are in force together, though each of them is right: loops,
 * conflicts, rules that can never fire. Loops and conflicts are told only of rules with which one
 * was seen when they were played; read {@link io.voronka.rules.check.RuleSetCheck} first.
 *
 * <pre>
 *  rules ─▶ Loops ──── Reach: what might set off what ─▶ ways round ─▶ Situations ─▶ CrmPlay ─▶ warning
 *        ─▶ Conflicts  writers of one field, in pairs ──────────────▶ Situations ─▶ CrmPlay ─▶ warning
 *        ─▶ Shadows    Implication: what must hold when another does ───────────────────────▶ warning
 * </pre>
 */
package io.voronka.rules.check;
