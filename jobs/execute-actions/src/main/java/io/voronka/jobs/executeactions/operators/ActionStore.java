package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.ActionProgress;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Recheck;
import io.voronka.jobs.executeactions.domain.TargetMemory;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * What is remembered about a target's actions; always of the current key. STATE.md is its contract.
 */
final class ActionStore {
  static final String REQUESTS = "unfinished-requests";
  static final String PROGRESS = "unfinished-progress";
  static final String OUTCOMES = "outcomes";
  static final String CLAIMS = "claimed-traces";
  static final String MEMORY = "target-memory";

  /** Longer than a learned budget takes to come back. */
  private static final Duration LEARNED_FOR = Duration.ofDays(1);

  /** Longer than a doubtful action is looked for. */
  private static final Duration CLAIMED_FOR = Duration.ofDays(3);

  private final MapState<String, ActionRequested> requests;
  private final MapState<String, ActionProgress> progress;
  private final MapState<String, ActionCompleted> outcomes;
  private final MapState<String, String> claims;
  private final ValueState<TargetMemory> memory;

  ActionStore(KeyedStateStore states, Duration rememberFor) {
    requests =
        states.getMapState(
            new MapStateDescriptor<>(
                REQUESTS, Types.STRING, new AvroTypeInfo<>(ActionRequested.class)));
    progress = states.getMapState(progressDescriptor());
    MapStateDescriptor<String, ActionCompleted> outcome =
        new MapStateDescriptor<>(OUTCOMES, Types.STRING, new AvroTypeInfo<>(ActionCompleted.class));
    outcome.enableTimeToLive(since(rememberFor));
    outcomes = states.getMapState(outcome);
    MapStateDescriptor<String, String> claim =
        new MapStateDescriptor<>(CLAIMS, Types.STRING, Types.STRING);
    claim.enableTimeToLive(since(CLAIMED_FOR));
    claims = states.getMapState(claim);
    ValueStateDescriptor<TargetMemory> learned =
        new ValueStateDescriptor<>(MEMORY, TypeInformation.of(TargetMemory.class));
    learned.enableTimeToLive(since(LEARNED_FOR));
    memory = states.getState(learned);
  }

  /** Forgotten so long after it was written. */
  static StateTtlConfig since(Duration lifetime) {
    return StateTtlConfig.newBuilder(lifetime)
        .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
        .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
        .cleanupInRocksdbCompactFilter(10_000)
        .build();
  }

  /** Apart from the requests, since it changes with every attempt and they do not. */
  static MapStateDescriptor<String, ActionProgress> progressDescriptor() {
    return new MapStateDescriptor<>(
        PROGRESS, Types.STRING, TypeInformation.of(ActionProgress.class));
  }

  /** Null when the action is not finished, or so long ago that it is forgotten. */
  ActionCompleted outcome(String actionId) throws Exception {
    return outcomes.get(actionId);
  }

  ActionRequested request(String actionId) throws Exception {
    return requests.get(actionId);
  }

  Iterable<Map.Entry<String, ActionProgress>> unfinished() throws Exception {
    return progress.entries();
  }

  void start(ActionRequested request, ActionProgress first) throws Exception {
    requests.put(request.getId(), request);
    progress.put(request.getId(), first);
  }

  void update(String actionId, ActionProgress now) throws Exception {
    progress.put(actionId, now);
  }

  void finish(ActionCompleted outcome) throws Exception {
    requests.remove(outcome.getActionId());
    progress.remove(outcome.getActionId());
    outcomes.put(outcome.getActionId(), outcome);
    if (outcome.getOutcome() == ActionOutcome.CONFIRMED
        && outcome.getVendorId() != null
        && Recheck.claimsItsTrace(outcome.getKind())) {
      claims.put(trace(outcome.getKind(), outcome.getVendorId()), outcome.getActionId());
    }
  }

  /** Without the traces that are known to be other actions'. */
  ReadResult own(ActionRequested request, ReadResult found) {
    return Recheck.claimsItsTrace(request.getKind())
        ? found.leaving(trace -> belongsToAnother(request, trace))
        : found;
  }

  private boolean belongsToAnother(ActionRequested request, String vendorId) {
    try {
      String owner = claims.get(trace(request.getKind(), vendorId));
      return owner != null && !owner.equals(request.getId());
    } catch (Exception e) {
      throw new IllegalStateException("state cannot be read", e);
    }
  }

  private static String trace(ActionKind kind, String vendorId) {
    return kind + "|" + vendorId;
  }

  TargetMemory memory() throws Exception {
    TargetMemory kept = memory.value();
    return kept == null ? TargetMemory.none() : kept;
  }

  void remember(TargetMemory learned) throws Exception {
    memory.update(learned);
  }

  void forgetTarget() {
    memory.clear();
  }
}
