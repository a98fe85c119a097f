package io.voronka.rules.explain;

/** A language that people are spoken to in. */
public enum Language {
  EN,
  RU
}
