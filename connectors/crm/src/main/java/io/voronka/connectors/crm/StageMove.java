package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A lead came to a stage.
 *
 * @param by the user who moved it; null when the vendor does not say
 */
public record StageMove(String leadId, String pipelineId, String statusId, String by, Instant at) {}
