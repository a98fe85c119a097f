/**
 * Rules in one sentence, in the languages of those who write them. Plain words over a parsed rule:
 * no JSON, and nothing of the rule left out. Read {@code Explanation} first.
 */
package io.voronka.rules.explain;
