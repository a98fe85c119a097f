/**
 * Rules, the index over a set of them, and the decision about one event. Pure: the same set, state,
 * event and clocks give the same decision. Read {@link io.voronka.rules.domain.RuleSet} first.
 */
package io.voronka.rules.domain;
