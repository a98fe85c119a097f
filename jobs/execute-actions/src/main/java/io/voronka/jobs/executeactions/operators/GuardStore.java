package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.Addressee;
import io.voronka.jobs.executeactions.domain.GuardBook;
import io.voronka.schemas.CrmEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/** What guards remember of a target; always of the current key. STATE.md is its contract. */
final class GuardStore implements GuardBook {
  static final String SENT_TO = "sent-to";
  static final String WRITERS = "writers";
  static final String WITHDRAWN = "withdrawn";

  /** The longest period of a cap, and the longest silence of an agent; and a day for clocks. */
  private static final Duration LONGEST = Duration.ofDays(31);

  private final MapState<String, Map<String, Long>> sentTo;
  private final MapState<String, Map<String, Long>> writers;
  private final MapState<String, Long> withdrawn;

  GuardStore(KeyedStateStore states, Duration rememberFor) {
    TypeInformation<Map<String, Long>> moments = Types.MAP(Types.STRING, Types.LONG);
    sentTo = states.getMapState(descriptor(SENT_TO, moments, LONGEST));
    writers = states.getMapState(descriptor(WRITERS, moments, LONGEST));
    withdrawn = states.getMapState(descriptor(WITHDRAWN, Types.LONG, rememberFor));
  }

  private static <V> MapStateDescriptor<String, V> descriptor(
      String name, TypeInformation<V> type, Duration lifetime) {
    MapStateDescriptor<String, V> descriptor = new MapStateDescriptor<>(name, Types.STRING, type);
    descriptor.enableTimeToLive(ActionStore.since(lifetime));
    return descriptor;
  }

  @Override
  public Map<String, Long> sentTo(String name) {
    return moments(sentTo, name);
  }

  @Override
  public void sentTo(String name, Map<String, Long> all) {
    try {
      if (all.isEmpty()) {
        sentTo.remove(name);
      } else {
        sentTo.put(name, all);
      }
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public Map<String, Long> writers(String place) {
    return moments(writers, place);
  }

  @Override
  public boolean withdrawn(String actionId) {
    try {
      return withdrawn.contains(actionId);
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  void withdraw(String actionId, long now) throws Exception {
    withdrawn.put(actionId, now);
  }

  /** The vendor's time of it, but none ahead of us: an agent would be silent for too long. */
  void spoken(CrmEvent event, long now) throws Exception {
    long told = event.getOccurredAt() == null ? event.getReceivedAt() : event.getOccurredAt();
    long at = Math.min(told, now);
    for (String place : Addressee.places(event)) {
      Map<String, Long> known = new HashMap<>(moments(writers, place));
      if (known.getOrDefault(event.getActorId(), Long.MIN_VALUE) < at) {
        known.put(event.getActorId(), at);
        known.values().removeIf(moment -> moment < now - LONGEST.toMillis());
        writers.put(place, known);
      }
    }
  }

  private static Map<String, Long> moments(MapState<String, Map<String, Long>> state, String key) {
    try {
      Map<String, Long> moments = state.get(key);
      return moments == null ? Map.of() : moments;
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }
}
