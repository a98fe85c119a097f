package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.connectors.changecapture.ChangeCapture;
import io.voronka.connectors.changecapture.RowChange;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What comes in.
 *
 * @param changes the control tables, of one subtask, in commit order
 */
record CaptureControlInputs(DataStream<RowChange> changes) {
  static final String UID = "read-control-tables";

  /**
   * @param submission differs between submissions, stays the same through recoveries
   */
  static CaptureControlInputs of(
      StreamExecutionEnvironment env, CaptureSettings capture, String submission) {
    return new CaptureControlInputs(
        env.fromSource(
                ChangeCapture.source(capture, submission),
                WatermarkStrategy.noWatermarks(),
                "Read control tables",
                TypeInformation.of(RowChange.class))
            .uid(UID)
            .setParallelism(1));
  }
}
