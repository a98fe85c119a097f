package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.drivesequences.operators.DriveSequences;
import io.voronka.jobs.drivesequences.operators.RouteInputs;
import io.voronka.jobs.drivesequences.operators.SubjectInput;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.schemas.SequenceProgressed;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Leads go through sequences.
 *
 * <pre>
 *  crm.events ────────▶ route-events ───┐
 *   (ticks end here)                    │
 *  actions.completed ─▶ route-outcomes ─┼─by subject─▶ drive-sequences ─┬─▶ sequences.progressed
 *   (those of rules end here)           │                   ▲           ├─▶ actions.requested
 *  commands.requested ▶ route-commands ─┘                   │           └─▶ commands.requested
 *  control.* ───────────────── to all ──────────────────────┘                (withdrawals)
 * </pre>
 */
public final class DriveSequencesPipeline {
  private DriveSequencesPipeline() {}

  /** Adds the job's steps between inputs and outputs. */
  public static void assemble(
      DriveSequencesInputs inputs, DriveSequencesOutputs outputs, DriveSequencesConfig config) {
    KafkaSettings kafka = config.job().kafka();
    SingleOutputStreamOperator<SubjectInput> events =
        RouteInputs.attach(inputs.events(), Kind.EVENT, "route-events", kafka, config.schemaWait());
    SingleOutputStreamOperator<SubjectInput> outcomes =
        RouteInputs.attach(
            inputs.outcomes(), Kind.OUTCOME, "route-outcomes", kafka, config.schemaWait());
    SingleOutputStreamOperator<SubjectInput> commands =
        RouteInputs.attach(
            inputs.commands(), Kind.COMMAND, "route-commands", kafka, config.schemaWait());
    DataStream<SubjectInput> all = events.union(outcomes, commands);
    SingleOutputStreamOperator<SequenceProgressed> driven =
        DriveSequences.attach(
            all, inputs.control(), kafka, config.schemaWait(), config.subjectLifetime());
    outputs.progress().accept(driven);
    outputs.actions().accept(driven.getSideOutput(DriveSequences.ACTIONS));
    outputs.withdrawals().accept(driven.getSideOutput(DriveSequences.WITHDRAWALS));
    outputs
        .rejected()
        .accept(
            DriveSequences.rejected(driven)
                .union(
                    RouteInputs.rejected(events),
                    RouteInputs.rejected(outcomes),
                    RouteInputs.rejected(commands)));
  }
}
