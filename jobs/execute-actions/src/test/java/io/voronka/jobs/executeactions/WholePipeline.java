package io.voronka.jobs.executeactions;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.jobs.executeactions.operators.ExecutorSettings;
import io.voronka.jobs.executeactions.transport.OutsideWorld;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job between feeds (actions, commands, events, control) and recorders, on the loopback
 * network.
 */
final class WholePipeline {
  private WholePipeline() {}

  static StreamExecutionEnvironment on(PipelineFixture flink) {
    StreamExecutionEnvironment env = flink.environment();
    ExecuteActionsPipeline.assemble(
        new ExecuteActionsInputs(
            new Decoded<>(
                flink.source(env, "actions", RecordTypes.of(ActionRequested.class)),
                flink.source(env, "unreadable", RecordTypes.of(RecordRejected.class))),
            new Decoded<>(
                flink.source(env, "commands", RecordTypes.of(CommandRequested.class)),
                flink.source(env, "unreadable-commands", RecordTypes.of(RecordRejected.class))),
            new Decoded<>(
                flink.source(env, "events", RecordTypes.of(CrmEvent.class)),
                flink.source(env, "unreadable-events", RecordTypes.of(RecordRejected.class))),
            new Decoded<>(
                flink.sourceFromStart(env, "control", TypeInformation.of(ControlUpdate.class)),
                flink.source(env, "unreadable-control", RecordTypes.of(RecordRejected.class)))),
        new ExecuteActionsOutputs(
            flink.recorder("completed"),
            flink.recorder("queued"),
            flink.recorder("usage"),
            flink.recorder("opt-outs"),
            flink.recorder("rejected"),
            flink.recorder("rejected-commands"),
            flink.recorder("rejected-control")),
        new JournaledWorld(
            new OutsideWorld(
                null, List.of(AddressRange.parse("127.0.0.0/8")), List.of(), null, null)),
        ExecutorSettings.standard());
    return env;
  }
}
