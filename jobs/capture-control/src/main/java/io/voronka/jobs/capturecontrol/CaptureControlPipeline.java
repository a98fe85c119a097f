package io.voronka.jobs.capturecontrol;

import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.jobs.capturecontrol.operators.DecodeControlRows;
import io.voronka.jobs.capturecontrol.operators.ReconcileControlRows;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The data flow, all in one subtask.
 *
 * <pre>
 *   control tables ──RowChange──▶ decode ──CapturedRow──▶ reconcile ──ControlWrite──▶ control.*
 *         ▲                         │                        │  ▲
 *         │                         └──RecordRejected──▶ control.rejected
 *         └────────── heartbeat row ─────────────────────────┘  └── what control.* holds, at the start
 * </pre>
 */
final class CaptureControlPipeline {
  private CaptureControlPipeline() {}

  /**
   * @param slot whose heartbeats are ours
   * @param jobName named in rejected records
   */
  record Settings(String slot, String jobName, ReconcileControlRows.Settings reconcile) {}

  static void assemble(
      CaptureControlInputs inputs, CaptureControlOutputs outputs, Settings settings) {
    SingleOutputStreamOperator<CapturedRow> rows =
        DecodeControlRows.attach(inputs.changes(), settings.slot(), settings.jobName());
    DataStream<ControlWrite> writes = ReconcileControlRows.attach(rows, settings.reconcile());
    outputs.control().accept(writes);
    outputs.rejected().accept(rows.getSideOutput(DecodeControlRows.REJECTED));
  }
}
