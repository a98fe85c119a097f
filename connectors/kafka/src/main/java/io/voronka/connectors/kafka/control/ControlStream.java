package io.voronka.connectors.kafka.control;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.schemas.ControlTable;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The control tables as a stream of one subtask. */
public final class ControlStream {
  private static final long AT_ONCE = 0;

  private ControlStream() {}

  /**
   * All records of the control topics of these tables, from the beginning at every (re)start. No
   * event-time timer behind it fires until the copy is complete; from then on it holds back
   * nothing. Uids: {@code read-control}, {@code split-control}.
   *
   * @param tables tables needed; complete means that these are
   * @param alignment a strategy without watermarks, with the job's alignment group if it has one
   */
  public static Decoded<ControlUpdate> attach(
      StreamExecutionEnvironment env,
      Set<ControlTable> tables,
      KafkaSettings kafka,
      WatermarkStrategy<ControlRecord> alignment) {
    SingleOutputStreamOperator<ControlUpdate> updates =
        env.fromSource(
                new ControlSource(kafka, tables),
                alignment,
                "read-control",
                TypeInformation.of(ControlRecord.class))
            .uid("read-control")
            .setParallelism(1)
            .process(new SplitControl(), TypeInformation.of(ControlUpdate.class))
            .uid("split-control")
            .name("split-control")
            .setParallelism(1)
            // Rows seldom change: a thread that looks for them all the time would cost more.
            .setBufferTimeout(AT_ONCE);
    return new Decoded<>(updates, updates.getSideOutput(SplitControl.REJECTED));
  }
}
