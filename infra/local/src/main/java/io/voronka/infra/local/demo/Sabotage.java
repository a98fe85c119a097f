package io.voronka.infra.local.demo;

/** What the demo can break on purpose, to show that it would notice. */
public enum Sabotage {
  /** The CRM refuses one effect. */
  EFFECT,
  /** A rule is published broken: it waits for a stage that no lead enters. */
  RULE,
  /** The CRM sees one effect twice. */
  DUPLICATE
}
