package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.ActionProgress;
import io.voronka.schemas.ActionCompleted;
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
  static final String PAUSED_UNTIL = "paused-until";

  private final MapState<String, ActionRequested> requests;
  private final MapState<String, ActionProgress> progress;
  private final MapState<String, ActionCompleted> outcomes;
  private final ValueState<Long> pausedUntil;

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
    pausedUntil = states.getState(new ValueStateDescriptor<>(PAUSED_UNTIL, Types.LONG));
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
  }

  /** Epoch milliseconds; 0 when the target was never paused. */
  long pausedUntil() throws Exception {
    Long moment = pausedUntil.value();
    return moment == null ? 0 : moment;
  }

  void pausedUntil(long moment) throws Exception {
    pausedUntil.update(moment);
  }

  void forgetPause() {
    pausedUntil.clear();
  }
}
