package io.voronka.jobs.executeactions.domain;

/**
 * Where an unfinished action stands.
 *
 * <pre>
 *      ┌────────────── not done, try again ───────────────┐
 *      ▼                                                  │
 *  WAITING ──────────────────────────────────────────▶ SENDING ──▶ outcome
 *      ▲                                                  │
 *      └─ not there, not begun ── READING ◀── DOUBTFUL ◀──┘ answer lost
 * </pre>
 */
public enum Phase {
  /** Nothing was sent, as far as this attempt of the job knows. */
  WAITING,
  /** In the state of earlier builds only, as WAITING: nothing leaves in it. */
  ARMED,
  /** The request is on its way. */
  SENDING,
  /** It may have been sent: look before sending again. */
  DOUBTFUL,
  /** The look, at the target or into the journal of sends, is on its way. */
  READING
}
