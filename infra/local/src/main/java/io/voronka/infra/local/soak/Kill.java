package io.voronka.infra.local.soak;

/**
 * One kill.
 *
 * @param since when the wait for the completed checkpoint before it began, epoch milliseconds: what
 *     was done after that may not be remembered
 * @param at epoch milliseconds
 * @param recoveryMillis until all components were ready and all tasks of all jobs ran again
 */
public record Kill(String component, long since, long at, long recoveryMillis) {}
