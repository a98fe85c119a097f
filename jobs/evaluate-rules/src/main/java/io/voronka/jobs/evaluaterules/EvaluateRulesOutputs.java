package io.voronka.jobs.evaluaterules;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The ways out; each adds its sink to the stream that it is given.
 *
 * @param decided one record per event that at least one rule had something to say about
 * @param actions what the rules that fired ask for
 * @param quarantined versions of rules that are left out
 * @param rejected records of crm.events that cannot be judged
 */
public record EvaluateRulesOutputs(
    Consumer<DataStream<RuleDecided>> decided,
    Consumer<DataStream<ActionRequested>> actions,
    Consumer<DataStream<RuleQuarantined>> quarantined,
    Consumer<DataStream<RecordRejected>> rejected) {}
