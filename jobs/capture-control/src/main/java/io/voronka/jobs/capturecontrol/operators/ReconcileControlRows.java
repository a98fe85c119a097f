package io.voronka.jobs.capturecontrol.operators;

import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.jobs.capturecontrol.domain.ControlReconciler;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.jobs.capturecontrol.domain.PublishedControl;
import io.voronka.jobs.capturecontrol.domain.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link ControlReconciler}. It trusts the topics, not its state: the state says only
 * which run goes on after a failure, and a new submission begins a new run. A bare operator rather
 * than a function, because the first heartbeat is due before any row comes, and there may be none.
 */
public final class ReconcileControlRows extends AbstractStreamOperator<ControlWrite>
    implements OneInputStreamOperator<CapturedRow, ControlWrite>, ProcessingTimeCallback {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileControlRows.class);

  static final String UID = "reconcile-control-rows";
  static final String PROGRESS_STATE = "capture-progress";
  static final String SEEN_STATE = "rows-seen";

  /** Until the end of the first reading is found, each of these writes a row. */
  static final Duration BEAT_WHILE_READING = Duration.ofMillis(200);

  private final Settings settings;
  private transient ListState<CaptureProgress> progress;
  private transient ListState<RowKey> seen;
  private transient ControlReconciler reconciler;
  private transient HeartbeatWriter heartbeats;
  private transient ScheduledFuture<?> nextBeat;
  private transient Counter rowsWritten;
  private transient Counter tombstonesWritten;
  private transient Counter heartbeatsFailed;
  private transient long lastLatency;

  ReconcileControlRows(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param submission differs between submissions, stays the same through recoveries
   * @param idleBeat how often the row is written that lets the slot advance
   */
  public record Settings(
      String submission,
      Duration idleBeat,
      PublishedControlReader topics,
      HeartbeatWriter.Opener heartbeats)
      implements java.io.Serializable {}

  public static DataStream<ControlWrite> attach(DataStream<CapturedRow> rows, Settings settings) {
    return rows.transform(
            "Reconcile control rows",
            TypeInformation.of(ControlWrite.class),
            new ReconcileControlRows(settings))
        .uid(UID)
        .setParallelism(1);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    PROGRESS_STATE, TypeInformation.of(CaptureProgress.class)));
    seen =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(SEEN_STATE, TypeInformation.of(RowKey.class)));
    reconciler = reconciler(settings.topics().read());
    LOG.info(
        "capture run of generation {} {}",
        reconciler.generation(),
        reconciler.following() ? "goes on following" : "reads");
  }

  private ControlReconciler reconciler(PublishedControl topics) throws Exception {
    for (CaptureProgress at : progress.get()) {
      if (settings.submission().equals(at.submission())) {
        return at.following()
            ? ControlReconciler.followingOn(topics, at.generation())
            : ControlReconciler.readingOn(topics, at.generation(), seen.get());
      }
    }
    return ControlReconciler.reading(topics);
  }

  @Override
  public void open() throws Exception {
    super.open();
    rowsWritten = getMetricGroup().counter("rowsWritten");
    tombstonesWritten = getMetricGroup().counter("tombstonesWritten");
    heartbeatsFailed = getMetricGroup().counter("heartbeatsFailed");
    getMetricGroup().gauge("generation", () -> reconciler.generation());
    getMetricGroup().gauge("following", () -> reconciler.following() ? 1 : 0);
    getMetricGroup().gauge("captureLatencyMillis", () -> lastLatency);
    heartbeats = settings.heartbeats().open();
    beatAt(now());
  }

  @Override
  public void processElement(StreamRecord<CapturedRow> element) {
    CapturedRow row = element.getValue();
    long now = now();
    boolean wasFollowing = reconciler.following();
    for (ControlWrite write : reconciler.take(row, now)) {
      (write.change() == null ? tombstonesWritten : rowsWritten).inc();
      output.collect(new StreamRecord<>(write, now));
    }
    if (row.committedAt() > 0) {
      lastLatency = now - row.committedAt();
    }
    if (reconciler.following() && !wasFollowing) {
      LOG.info("generation {} is complete", reconciler.generation());
    } else if (wasFollowing && !reconciler.following()) {
      LOG.warn("generation {} begins: the tables are read anew", reconciler.generation());
      nextBeat.cancel(false);
      beatAt(now);
    }
  }

  @Override
  public void onProcessingTime(long time) {
    Duration next = reconciler.following() ? settings.idleBeat() : BEAT_WHILE_READING;
    try {
      heartbeats.beat(reconciler.generation(), now());
    } catch (HeartbeatException e) {
      heartbeatsFailed.inc();
      LOG.warn("the heartbeat could not be written; it is tried again", e);
      next = Duration.ofSeconds(1);
    }
    beatAt(now() + next.toMillis());
  }

  private void beatAt(long time) {
    nextBeat = getProcessingTimeService().registerTimer(time, this);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    progress.update(
        List.of(
            new CaptureProgress(
                settings.submission(), reconciler.generation(), reconciler.following())));
    seen.update(List.copyOf(reconciler.seen()));
  }

  @Override
  public void close() throws Exception {
    if (heartbeats != null) {
      heartbeats.close();
    }
    super.close();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
