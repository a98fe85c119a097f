package io.voronka.jobs.capturecontrol.operators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.changecapture.RowChange;
import io.voronka.jobs.capturecontrol.decode.ControlRowDecoder;
import io.voronka.jobs.capturecontrol.decode.RejectReason;
import io.voronka.jobs.capturecontrol.decode.RejectedRowException;
import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.Rejections;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordRejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captured rows into control rows. A row that this build cannot make sense of leaves by {@link
 * #REJECTED} with its reason, and is passed on as unreadable, so that what was last published of it
 * stays.
 */
public final class DecodeControlRows extends ProcessFunction<RowChange, CapturedRow> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeControlRows.class);

  static final String UID = "decode-control-rows";
  static final String HEARTBEATS = "capture_heartbeats";

  /** Rows that make no sense, with their columns as a JSON object. */
  public static final OutputTag<RecordRejected> REJECTED =
      new OutputTag<>("rejected", RecordTypes.of(RecordRejected.class));

  private final String slot;
  private final String jobName;
  private transient ControlRowDecoder decoder;
  private transient ObjectMapper json;
  private transient Rejections<RejectReason> rejected;
  private transient boolean reading;

  DecodeControlRows(String slot, String jobName) {
    this.slot = slot;
    this.jobName = jobName;
  }

  /**
   * @param slot whose heartbeats are ours
   * @param jobName named in rejected records
   */
  public static SingleOutputStreamOperator<CapturedRow> attach(
      DataStream<RowChange> changes, String slot, String jobName) {
    return changes
        .process(new DecodeControlRows(slot, jobName), TypeInformation.of(CapturedRow.class))
        .uid(UID)
        .name("Decode control rows")
        .setParallelism(1);
  }

  @Override
  public void open(OpenContext context) {
    decoder = new ControlRowDecoder();
    json = new ObjectMapper();
    rejected = Rejections.register(getRuntimeContext().getMetricGroup(), RejectReason.class);
  }

  @Override
  public void processElement(RowChange change, Context context, Collector<CapturedRow> out) {
    boolean wasReading = reading;
    reading = change.op() == RowChange.Op.READ;
    if (reading && !wasReading) {
      out.collect(CapturedRow.reading());
    }
    if (change.table().equals(HEARTBEATS)) {
      heartbeat(change, out);
      return;
    }
    try {
      decode(change, out);
    } catch (RejectedRowException e) {
      rejected.count(e.reason());
      LOG.error("a captured row is rejected: {} {}", Rejections.label(e.reason()), e.getMessage());
      context.output(REJECTED, rejection(change, e));
      unreadable(change, out);
    }
  }

  private void heartbeat(RowChange change, Collector<CapturedRow> out) {
    boolean streamed = change.op() == RowChange.Op.INSERT || change.op() == RowChange.Op.UPDATE;
    if (streamed && slot.equals(change.after().get("slot"))) {
      out.collect(
          CapturedRow.heartbeat(Long.parseLong(change.after().get("beat")), change.committedAt()));
    }
  }

  private void decode(RowChange change, Collector<CapturedRow> out) throws RejectedRowException {
    ControlTable table = decoder.table(change.table());
    if (change.op() == RowChange.Op.DELETE) {
      String key = decoder.key(change.table(), change.before());
      out.collect(CapturedRow.gone(table, key, change.committedAt()));
      return;
    }
    String key = decoder.key(change.table(), change.after());
    CapturedRow row =
        CapturedRow.present(
            table, key, decoder.row(change.table(), change.after()), change.committedAt());
    if (change.before() != null) {
      String before = decoder.key(change.table(), change.before());
      if (!before.equals(key)) {
        out.collect(CapturedRow.gone(table, before, change.committedAt()));
      }
    }
    out.collect(row);
  }

  private void unreadable(RowChange change, Collector<CapturedRow> out) {
    try {
      out.collect(
          CapturedRow.unreadable(
              decoder.table(change.table()),
              decoder.key(change.table(), change.row()),
              change.committedAt()));
    } catch (RejectedRowException e) {
      LOG.error("nor can its key be read: {} {}", Rejections.label(e.reason()), e.getMessage());
    }
  }

  private RecordRejected rejection(RowChange change, RejectedRowException e) {
    return RecordRejected.newBuilder()
        .setTopic("postgres:" + change.table())
        .setPartition(0)
        .setOffset(change.position())
        .setKey(null)
        .setValue(ByteBuffer.wrap(columns(change.row())))
        .setReason(Rejections.label(e.reason()))
        .setDetail(e.getMessage())
        .setRejectedBy(jobName)
        .setRecordedAt(change.committedAt())
        .build();
  }

  private byte[] columns(Map<String, String> row) {
    try {
      return json.writeValueAsString(new TreeMap<>(row)).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts by name are always JSON", e);
    }
  }
}
