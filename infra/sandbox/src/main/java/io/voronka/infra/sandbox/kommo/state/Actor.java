package io.voronka.infra.sandbox.kommo.state;

/**
 * Who acts.
 *
 * @param userId 0 for a robot
 * @param viaApi an integration, not a person at the screen
 */
public record Actor(long userId, boolean viaApi) {}
