package io.voronka.jobs.evaluaterules;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CommandRequested;
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
 * @param granted decisions that a daily limit was judged for: a sink of its own, because one sink
 *     with two inputs could not be chained to the judging
 * @param grantedActions what is left of their actions
 * @param commands what the rules that fired ask of sequences
 * @param quarantined versions of rules that are left out
 * @param alerts what people are told of those
 * @param rejected records of crm.events that cannot be judged
 */
public record EvaluateRulesOutputs(
    Consumer<DataStream<RuleDecided>> decided,
    Consumer<DataStream<ActionRequested>> actions,
    Consumer<DataStream<RuleDecided>> granted,
    Consumer<DataStream<ActionRequested>> grantedActions,
    Consumer<DataStream<CommandRequested>> commands,
    Consumer<DataStream<RuleQuarantined>> quarantined,
    Consumer<DataStream<AlertRaised>> alerts,
    Consumer<DataStream<RecordRejected>> rejected) {}
