package io.voronka.jobs.executeactions;

import io.voronka.connectors.kafka.control.ControlStream;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.connectors.kafka.streams.ReadSettings;
import io.voronka.jobs.executeactions.operators.ControlCopy;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What comes in.
 *
 * @param actions requested effects, with Kafka's timestamps
 * @param control rows that actions are judged and carried out by, from the beginning at every start
 */
public record ExecuteActionsInputs(
    Decoded<ActionRequested> actions, Decoded<ControlUpdate> control) {

  /** No event time in this job: an action is due when it arrives, and expires by the wall clock. */
  static ExecuteActionsInputs kafka(StreamExecutionEnvironment env, JobSettings job) {
    return new ExecuteActionsInputs(
        KafkaRecords.read(
            env,
            ReadSettings.of(job.kafka(), ActionRequested.class, Topics.ACTIONS_REQUESTED),
            WatermarkStrategy.noWatermarks()),
        ControlStream.attach(
            env, ControlCopy.NEEDED, job.kafka(), WatermarkStrategy.noWatermarks()));
  }
}
