package io.voronka.infra.local.soak;

/**
 * One kill.
 *
 * @param at epoch milliseconds
 * @param recoveryMillis until all components were ready and all tasks of all jobs ran again
 */
public record Kill(String component, long at, long recoveryMillis) {}
