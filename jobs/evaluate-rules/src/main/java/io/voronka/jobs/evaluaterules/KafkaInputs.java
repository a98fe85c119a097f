package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.connectors.kafka.streams.ReadSettings;
import io.voronka.jobs.kit.JobSettings;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's source of events on Kafka. */
public final class KafkaInputs {
  private KafkaInputs() {}

  /**
   * crm.events as they are on the topic. Never more readers than partitions: one without a
   * partition would hold back the clock for ever. Uid: {@code read-crm-events}.
   */
  public static DataStream<RawRecord> events(StreamExecutionEnvironment env, JobSettings job) {
    ReadSettings<CrmEvent> settings =
        ReadSettings.of(job.kafka(), CrmEvent.class, Topics.CRM_EVENTS);
    int partitions = Topics.named(Topics.CRM_EVENTS).partitions();
    return env.fromSource(KafkaRecords.source(settings), job.clock().events(), settings.uid())
        .uid(settings.uid())
        .setParallelism(Math.min(env.getParallelism(), partitions));
  }
}
