package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The job's sinks on Kafka. */
final class KafkaOutputs {
  private KafkaOutputs() {}

  static EvaluateRulesOutputs of(KafkaSettings kafka) {
    return new EvaluateRulesOutputs(
        decided(kafka, "write-rules-decided"),
        actions(kafka, "write-actions-requested"),
        decided(kafka, "write-granted-decisions"),
        actions(kafka, "write-granted-actions"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                CommandRequested.class,
                Topics.COMMANDS_REQUESTED,
                command -> Subject.of(command).key(),
                CommandRequested::getRequestedAt),
            "write-commands-requested"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                RuleQuarantined.class,
                Topics.RULES_QUARANTINED,
                rule -> rule.getTenantId() + '|' + rule.getRuleId(),
                RuleQuarantined::getQuarantinedAt),
            "write-rules-quarantined"),
        KafkaRecords.writer(
            KafkaRecords.sink(
                kafka,
                AlertRaised.class,
                Topics.ALERTS_RAISED,
                AlertRaised::getTenantId,
                alert -> alert.getResolved() ? alert.getResolvedAt() : alert.getRaisedAt()),
            "write-alerts-raised"),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.CRM_EVENTS), "write-crm-events-rejected"));
  }

  private static Consumer<DataStream<RuleDecided>> decided(KafkaSettings kafka, String uid) {
    return KafkaRecords.writer(
        KafkaRecords.sink(
            ProducerSettings.unhurried(kafka),
            RuleDecided.class,
            Topics.RULES_DECIDED,
            decided -> Subject.of(decided).key(),
            RuleDecided::getFiredAt),
        uid);
  }

  private static Consumer<DataStream<ActionRequested>> actions(KafkaSettings kafka, String uid) {
    return KafkaRecords.writer(
        KafkaRecords.sink(
            ProducerSettings.patient(kafka).crowded(),
            ActionRequested.class,
            Topics.ACTIONS_REQUESTED,
            ActionKeys::of,
            ActionRequested::getFiredAt),
        uid);
  }

  static Consumer<DataStream<RecordRejected>> rejectedControl(KafkaSettings kafka) {
    return KafkaRecords.writer(
        KafkaRecords.rejectedSink(kafka, Topics.CONTROL_RULES), "write-control-rejected");
  }
}
