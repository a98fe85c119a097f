package io.voronka.infra.local.bench.actions;

import io.voronka.schemas.ActionRequested;

/**
 * One action of a turn.
 *
 * @param offsetMicros when it is asked for, from the turn's start
 * @param others whether it is one of those that should notice nothing
 */
record Due(long offsetMicros, ActionRequested.Builder request, boolean others) {}
