package io.voronka.infra.sandbox.kommo.model;

/** A Digital Pipeline trigger "API: send webhook" on a stage. */
public record PipelineHook(long id, long pipelineId, long statusId, String destination) {}
