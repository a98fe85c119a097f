package io.voronka.jobs.capturecontrol.domain;

import io.voronka.schemas.ControlTable;

/** Names a control row: also a state type, hence public and flat. */
public record RowKey(ControlTable table, String key) {}
