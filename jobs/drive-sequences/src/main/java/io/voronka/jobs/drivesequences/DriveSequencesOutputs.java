package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The ways out; each adds its sink to the stream that it is given.
 *
 * @param progress what happened to enrolments
 * @param actions what their steps ask for
 * @param withdrawals what is taken back of it, as commands to the executor
 * @param rejected records that nobody can be driven by
 */
public record DriveSequencesOutputs(
    Consumer<DataStream<SequenceProgressed>> progress,
    Consumer<DataStream<ActionRequested>> actions,
    Consumer<DataStream<CommandRequested>> withdrawals,
    Consumer<DataStream<RecordRejected>> rejected) {

  static DriveSequencesOutputs kafka(KafkaSettings kafka) {
    // Thousands of steps fall due at one second, and none is in a hurry by milliseconds.
    ProducerSettings unhurried = ProducerSettings.unhurried(kafka);
    return new DriveSequencesOutputs(
        KafkaRecords.writer(
            KafkaRecords.sink(
                unhurried,
                SequenceProgressed.class,
                Topics.SEQUENCES_PROGRESSED,
                one -> Subject.of(one).key(),
                SequenceProgressed::getFiredAt),
            "write-sequences-progressed"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                unhurried.crowded(),
                ActionRequested.class,
                Topics.ACTIONS_REQUESTED,
                ActionKeys::of,
                ActionRequested::getFiredAt),
            "write-actions-requested"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                CommandRequested.class,
                Topics.COMMANDS_REQUESTED,
                command -> Subject.of(command).key(),
                CommandRequested::getRequestedAt),
            "write-withdrawals"),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.COMMANDS_REQUESTED), "write-rejected"));
  }

  static Consumer<DataStream<RecordRejected>> rejectedControl(KafkaSettings kafka) {
    return KafkaRecords.writer(
        KafkaRecords.rejectedSink(kafka, Topics.CONTROL_SEQUENCES), "write-control-rejected");
  }
}
