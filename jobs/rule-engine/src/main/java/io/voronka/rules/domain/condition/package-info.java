/**
 * The conditions of a rule: a tree of all, any and not over leaves that compare fields, stages and
 * events. Three-valued: what was never seen is unknown, and unknown never fires.
 */
package io.voronka.rules.domain.condition;
