package io.voronka.connectors.kafka.control;

import io.voronka.schemas.RecordRejected;

/**
 * What the control source emits: exactly one of the two is set.
 *
 * @param rejected a record that cannot be decoded
 */
public record ControlRecord(ControlUpdate update, RecordRejected rejected) {}
