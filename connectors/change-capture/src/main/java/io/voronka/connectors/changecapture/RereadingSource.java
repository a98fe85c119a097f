package io.voronka.connectors.changecapture;

import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.postgres.source.PostgresSourceBuilder.PostgresIncrementalSource;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink CDC's source, which goes on from its state after a failure but forgets it when the job is
 * submitted again: the slot may have moved past a savepoint's position, and what is in between
 * could then never be read. For the same reason it forgets the state when a failure finds that the
 * slot is not what it was: dropped, made anew, or its write-ahead log thrown away. The inner source
 * is built on the cluster, where the password is.
 */
final class RereadingSource
    implements Source<RowChange, SourceSplitBase, PendingSplitsState>,
        ResultTypeQueryable<RowChange> {
  private static final long serialVersionUID = 1L;
  private static final SourceSplitBase FORGOTTEN_SPLIT = new ForgottenSplit();
  private static final PendingSplitsState FORGOTTEN_SPLITS = new ForgottenSplits();

  private final CaptureSettings settings;
  private final String submission;
  private transient PostgresIncrementalSource<RowChange> inner;

  RereadingSource(CaptureSettings settings, String submission) {
    this.settings = settings;
    this.submission = submission;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<SourceSplitBase, PendingSplitsState> createEnumerator(
      SplitEnumeratorContext<SourceSplitBase> context) {
    return new RereadingEnumerator(fresh(context), () -> fresh(context));
  }

  @Override
  public SplitEnumerator<SourceSplitBase, PendingSplitsState> restoreEnumerator(
      SplitEnumeratorContext<SourceSplitBase> context, PendingSplitsState checkpoint) {
    if (checkpoint == FORGOTTEN_SPLITS) {
      return createEnumerator(context);
    }
    // The inner one would wait for a lost slot; the reader tells of the position in the new one.
    new ReplicationSlot(settings).dropIfLost();
    return new RereadingEnumerator(
        inner().restoreEnumerator(context, checkpoint), () -> fresh(context));
  }

  private SplitEnumerator<SourceSplitBase, PendingSplitsState> fresh(
      SplitEnumeratorContext<SourceSplitBase> context) {
    new ReplicationSlot(settings).dropIfLost();
    return inner().createEnumerator(context);
  }

  @Override
  public SourceReader<RowChange, SourceSplitBase> createReader(SourceReaderContext context)
      throws Exception {
    return new RereadingReader(
        inner().createReader(context), context, new ReplicationSlot(settings), FORGOTTEN_SPLIT);
  }

  @Override
  public SimpleVersionedSerializer<SourceSplitBase> getSplitSerializer() {
    return new SubmissionSerializer<>(inner().getSplitSerializer(), submission, FORGOTTEN_SPLIT);
  }

  @Override
  public SimpleVersionedSerializer<PendingSplitsState> getEnumeratorCheckpointSerializer() {
    return new SubmissionSerializer<>(
        inner().getEnumeratorCheckpointSerializer(), submission, FORGOTTEN_SPLITS);
  }

  @Override
  public TypeInformation<RowChange> getProducedType() {
    return TypeInformation.of(RowChange.class);
  }

  private PostgresIncrementalSource<RowChange> inner() {
    if (inner == null) {
      PasswordLog.silence();
      inner = ChangeCapture.incremental(settings);
    }
    return inner;
  }

  private static final class ForgottenSplit extends SourceSplitBase {
    ForgottenSplit() {
      super("forgotten");
    }

    @Override
    public Map<TableId, TableChange> getTableSchemas() {
      return Map.of();
    }
  }

  private static final class ForgottenSplits extends PendingSplitsState {}
}
