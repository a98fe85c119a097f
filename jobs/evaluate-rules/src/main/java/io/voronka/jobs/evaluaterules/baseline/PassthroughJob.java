package io.voronka.jobs.evaluaterules.baseline;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.jobs.evaluaterules.KafkaInputs;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.events.RouteEvents;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The benchmark's baseline: crm.events by subject, one RocksDB value read and written, as many
 * records and bytes out to Kafka as the rules job writes.
 */
public final class PassthroughJob {
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);

  private PassthroughJob() {}

  public static void main(String[] args) throws Exception {
    PassthroughConfig config = PassthroughConfig.from(JobArguments.of(args));
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    attach(env, config);
    JobEnvironment.run(env, config.job(), System.out);
  }

  static void attach(StreamExecutionEnvironment env, PassthroughConfig config) {
    KafkaSettings kafka = config.job().kafka();
    DataStream<EncodedEvent> events =
        RouteEvents.attach(KafkaInputs.events(env, config.job()), kafka, SCHEMA_WAIT);
    SingleOutputStreamOperator<SizedRecord> decided = RewriteState.attach(events, config);
    SizedRecordSink.attach(
        decided, ProducerSettings.unhurried(kafka), config.decidedTopic(), "write-decided");
    SizedRecordSink.attach(
        decided.getSideOutput(RewriteState.ACTIONS),
        ProducerSettings.patient(kafka).crowded(),
        config.actionsTopic(),
        "write-actions");
  }
}
