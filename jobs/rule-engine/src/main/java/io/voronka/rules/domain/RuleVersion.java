package io.voronka.rules.domain;

/** A rule and the number of this version of it. */
public record RuleVersion(Rule rule, long version) {}
