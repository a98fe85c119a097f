package io.voronka.jobs.executeactions.domain;

/**
 * Where an unfinished action stands.
 *
 * <pre>
 *             ┌──────────── not done, try again ───────────┐
 *             ▼                                            │
 *  WAITING ──────────────────────────────────────────▶ SENDING ──▶ outcome
 *     │  ▲                                             ▲   │
 *     │  └───── read: not there ── READING ◀─ DOUBTFUL ┼───┘ answer lost
 *     └─▶ ARMED ── its mark is in a checkpoint ────────┘
 * </pre>
 */
public enum Phase {
  /** Nothing was sent, as far as this attempt of the job knows. */
  WAITING,
  /** About to be sent; waits until a checkpoint remembers that (kinds that cannot be read back). */
  ARMED,
  /** The request is on its way. */
  SENDING,
  /** It may have been sent: look before sending again. */
  DOUBTFUL,
  /** The look is on its way. */
  READING
}
