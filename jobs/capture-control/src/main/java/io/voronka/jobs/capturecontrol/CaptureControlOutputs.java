package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.jobs.capturecontrol.topics.ControlTopicsSink;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The ways out.
 *
 * @param control rows, tombstones and markers, each for the topic of its table
 * @param rejected rows that make no sense to this build
 */
record CaptureControlOutputs(
    Consumer<DataStream<ControlWrite>> control, Consumer<DataStream<RecordRejected>> rejected) {

  static CaptureControlOutputs to(KafkaSettings kafka) {
    return new CaptureControlOutputs(
        ControlTopicsSink.attacher(kafka),
        KafkaRecords.writer(
            KafkaRecords.rejectedSink(kafka, Topics.CONTROL_TENANTS), "publish-rejected"));
  }
}
