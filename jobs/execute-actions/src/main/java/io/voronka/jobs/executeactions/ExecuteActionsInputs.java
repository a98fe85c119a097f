package io.voronka.jobs.executeactions;

import io.voronka.connectors.kafka.control.ControlStream;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.connectors.kafka.streams.ReadSettings;
import io.voronka.jobs.executeactions.operators.ControlCopy;
import io.voronka.jobs.executeactions.operators.GatherByTarget;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What comes in.
 *
 * @param actions requested effects, with Kafka's timestamps
 * @param commands of which those are obeyed that take actions back
 * @param events of which those count that tell what people write to clients
 * @param control rows that actions are judged and carried out by, from the beginning at every start
 */
public record ExecuteActionsInputs(
    Decoded<ActionRequested> actions,
    Decoded<CommandRequested> commands,
    Decoded<CrmEvent> events,
    Decoded<ControlUpdate> control) {

  /** No event time in this job: an action is due when it arrives, and expires by the wall clock. */
  static ExecuteActionsInputs kafka(StreamExecutionEnvironment env, JobSettings job) {
    return new ExecuteActionsInputs(
        read(env, job, ActionRequested.class, Topics.ACTIONS_REQUESTED),
        read(env, job, CommandRequested.class, Topics.COMMANDS_REQUESTED),
        spoken(env, job),
        ControlStream.attach(
            env, ControlCopy.NEEDED, job.kafka(), WatermarkStrategy.noWatermarks()));
  }

  private static Decoded<CrmEvent> spoken(StreamExecutionEnvironment env, JobSettings job) {
    ReadSettings<CrmEvent> settings =
        ReadSettings.of(job.kafka(), CrmEvent.class, Topics.CRM_EVENTS)
            .only(GatherByTarget::maySpeak);
    return KafkaRecords.read(env, settings, WatermarkStrategy.noWatermarks());
  }

  private static <T extends SpecificRecordBase> Decoded<T> read(
      StreamExecutionEnvironment env, JobSettings job, Class<T> type, String topic) {
    return KafkaRecords.read(
        env, ReadSettings.of(job.kafka(), type, topic), WatermarkStrategy.noWatermarks());
  }
}
