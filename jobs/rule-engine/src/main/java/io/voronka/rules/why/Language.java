package io.voronka.rules.why;

/** The languages that answers are given in. */
public enum Language {
  EN,
  RU
}
