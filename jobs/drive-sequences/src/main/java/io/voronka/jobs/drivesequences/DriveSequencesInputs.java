package io.voronka.jobs.drivesequences;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.connectors.kafka.streams.ReadSettings;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What comes in.
 *
 * @param events crm.events with ticks, timed by Kafka
 * @param outcomes actions.completed, which hold back no time
 * @param commands commands.requested, which hold back no time
 * @param requests actions.requested, which hold back no time
 * @param control tenants, accounts, agents, pipelines, users and sequences
 */
public record DriveSequencesInputs(
    DataStream<RawRecord> events,
    DataStream<RawRecord> outcomes,
    DataStream<RawRecord> commands,
    DataStream<RawRecord> requests,
    DataStream<ControlUpdate> control) {

  /** From Kafka. Uids: {@code read-} and the topic's name with dashes. */
  static DriveSequencesInputs kafka(
      StreamExecutionEnvironment env, JobSettings job, DataStream<ControlUpdate> control) {
    return new DriveSequencesInputs(
        read(env, job, CrmEvent.class, Topics.CRM_EVENTS, job.clock().events()),
        read(env, job, ActionCompleted.class, Topics.ACTIONS_COMPLETED, job.clock().untimed()),
        read(env, job, CommandRequested.class, Topics.COMMANDS_REQUESTED, job.clock().untimed()),
        read(env, job, ActionRequested.class, Topics.ACTIONS_REQUESTED, job.clock().untimed()),
        control);
  }

  /** Never more readers than partitions: one without would hold back the clock for ever. */
  private static <T extends SpecificRecordBase> DataStream<RawRecord> read(
      StreamExecutionEnvironment env,
      JobSettings job,
      Class<T> type,
      String topic,
      WatermarkStrategy<RawRecord> clock) {
    ReadSettings<T> settings = ReadSettings.of(job.kafka(), type, topic);
    return env.fromSource(KafkaRecords.source(settings), clock, settings.uid())
        .uid(settings.uid())
        .setParallelism(Math.min(env.getParallelism(), Topics.named(topic).partitions()));
  }
}
