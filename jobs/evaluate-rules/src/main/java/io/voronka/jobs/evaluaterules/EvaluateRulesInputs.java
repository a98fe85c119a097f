package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What comes in.
 *
 * @param events crm.events with ticks, timed by Kafka
 * @param control tenants, accounts, rules and rule sets
 */
public record EvaluateRulesInputs(
    DataStream<RawRecord> events, DataStream<ControlUpdate> control) {}
