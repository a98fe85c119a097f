package io.voronka.infra.sandbox.ledger;

/** Who did what a ledger line tells. */
public enum Side {
  /** An integration, through a vendor's API. */
  API,
  /** Somebody called a generic hook address of the sandbox. */
  HOOK,
  /** Somebody sent a mail. */
  MAIL,
  /** A person in the vendor's screens: the admin API plays that part. */
  UI,
  /** Generated load. */
  LOAD,
  /** Set-up of the simulated world; has no counterpart in reality. */
  ADMIN
}
