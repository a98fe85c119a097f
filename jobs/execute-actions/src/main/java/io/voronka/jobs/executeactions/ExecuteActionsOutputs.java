package io.voronka.jobs.executeactions;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import io.voronka.schemas.UsageEvent;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What goes out; each entry adds a sink to its stream.
 *
 * @param completed one outcome per action, and again for each repeated request
 * @param queued when those will leave that have to wait
 * @param usage what language models have cost
 * @param optOuts what clients have said about being written to
 * @param rejected records of {@code actions.requested} that cannot be read
 * @param rejectedCommands records of {@code commands.requested} that cannot be read
 * @param rejectedControl records of control topics that cannot be read
 */
public record ExecuteActionsOutputs(
    Consumer<DataStream<ActionCompleted>> completed,
    Consumer<DataStream<ActionQueued>> queued,
    Consumer<DataStream<UsageEvent>> usage,
    Consumer<DataStream<ControlChange>> optOuts,
    Consumer<DataStream<RecordRejected>> rejected,
    Consumer<DataStream<RecordRejected>> rejectedCommands,
    Consumer<DataStream<RecordRejected>> rejectedControl) {

  static ExecuteActionsOutputs kafka(KafkaSettings kafka) {
    return new ExecuteActionsOutputs(
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                ActionCompleted.class,
                Topics.ACTIONS_COMPLETED,
                ActionCompleted::getTarget,
                ActionCompleted::getCompletedAt),
            "write-actions-completed"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                ActionQueued.class,
                Topics.ACTIONS_QUEUED,
                ActionQueued::getTarget,
                ActionQueued::getToldAt),
            "write-actions-queued"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                UsageEvent.class,
                Topics.USAGE_EVENTS,
                ModelUse::key,
                UsageEvent::getOccurredAt),
            "write-usage-events"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                ControlChange.class,
                Topics.OPT_OUTS_HEARD,
                ControlKeys::of,
                optOut -> optOut.getOptOut().getAt()),
            "write-opt-outs-heard"),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.ACTIONS_REQUESTED),
            "write-actions-requested-rejected"),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.COMMANDS_REQUESTED),
            "write-commands-requested-rejected"),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.CONTROL_ACCOUNTS), "write-control-rejected"));
  }
}
