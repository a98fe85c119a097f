package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.drivesequences.operators.DriveSequences;
import io.voronka.jobs.drivesequences.operators.RouteInputs;
import io.voronka.jobs.drivesequences.operators.SubjectInput;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.jobs.kit.events.LeadEvents;
import io.voronka.jobs.kit.events.SendOn;
import io.voronka.schemas.SequenceProgressed;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Leads go through sequences.
 *
 * <pre>
 *  crm.events ──────▶ route-events ───────────────────────────▶ take-events ──┤
 *   (ticks end here)   ├─contacts, companies─▶ reach-leads ──▶ take-… ────────┤
 *                      └─talks ─▶ follow-talks ──────────────▶ take-… ────────┤
 *  actions.completed ─▶ route-outcomes (those of rules end here) ─────────────┤
 *  commands.requested ─▶ route-commands ──────────────────────────────────────┤
 *  actions.requested ─▶ route-requests (those of sequences end here) ─────────┤
 *                                                                         by subject
 *                                                                             ▼
 *  control.* ─────────────────────── to all ─────────────────────────▶ drive-sequences
 *                              ┌────────────────────────┬─────────────────────┤
 *                              ▼                        ▼                     ▼
 *                    sequences.progressed       actions.requested     commands.requested
 *                                                                       (withdrawals)
 * </pre>
 */
public final class DriveSequencesPipeline {
  private DriveSequencesPipeline() {}

  /** Adds the job's steps between inputs and outputs. */
  public static void assemble(
      DriveSequencesInputs inputs, DriveSequencesOutputs outputs, DriveSequencesConfig config) {
    KafkaSettings kafka = config.job().kafka();
    LeadEvents events =
        LeadEvents.attach(inputs.events(), kafka, config.schemaWait(), config.subjectLifetime());
    SingleOutputStreamOperator<SubjectInput> outcomes =
        RouteInputs.attach(
                inputs.outcomes(), Kind.OUTCOME, "route-outcomes", kafka, config.schemaWait())
            .setBufferTimeout(SendOn.UNHURRIED);
    SingleOutputStreamOperator<SubjectInput> commands =
        RouteInputs.attach(
                inputs.commands(), Kind.COMMAND, "route-commands", kafka, config.schemaWait())
            .setBufferTimeout(SendOn.UNHURRIED);
    SingleOutputStreamOperator<SubjectInput> requests =
        RouteInputs.attach(
                inputs.requests(), Kind.REQUEST, "route-requests", kafka, config.schemaWait())
            .setBufferTimeout(SendOn.UNHURRIED);
    DataStream<SubjectInput> all = RouteInputs.events(events).union(outcomes, commands, requests);
    SingleOutputStreamOperator<SequenceProgressed> driven =
        DriveSequences.attach(
                all, inputs.control(), kafka, config.schemaWait(), config.subjectLifetime())
            .setBufferTimeout(SendOn.AT_ONCE);
    outputs.progress().accept(driven);
    outputs.actions().accept(driven.getSideOutput(DriveSequences.ACTIONS));
    outputs.withdrawals().accept(driven.getSideOutput(DriveSequences.WITHDRAWALS));
    outputs
        .rejected()
        .accept(
            SubjectStep.rejected(driven)
                .union(
                    events.rejected(),
                    RouteInputs.rejected(outcomes),
                    RouteInputs.rejected(commands),
                    RouteInputs.rejected(requests)));
  }
}
