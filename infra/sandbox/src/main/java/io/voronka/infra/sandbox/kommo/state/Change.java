package io.voronka.infra.sandbox.kommo.state;

/** One after-image. */
public record Change(ChangeKind kind, Object value) {}
