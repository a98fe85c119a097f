package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;

/**
 * Holds events back until the operator has a complete copy of the control tables, and keeps that
 * copy.
 *
 * <p>The copy is not in Flink state: the control stream is read from the beginning at every start,
 * and until it is complete again the gate is shut. Events that arrive meanwhile wait in keyed state
 * with an event-time timer at their own time; the control stream lets no timer fire before it is
 * complete. So they come out in event time, and later events of the same key queue up behind them.
 * Once a key has nothing left to wait for, the gate costs no state access.
 *
 * <pre>{@code
 * open:                     gate.open(getRuntimeContext());
 * processElement:           if (!gate.holds(event, ctx)) judge(event, ctx.timestamp(), out);
 * processBroadcastElement:  gate.apply(update, ctx);
 * onTimer:                  for (Held<E> held : gate.release(timestamp, ctx)) judge(held.event(), held.timestamp(), out);
 * }</pre>
 */
public final class ControlGate<E> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ListStateDescriptor<Tuple2<Long, E>> descriptor;
  private final EnumSet<ControlTable> needed;
  private transient ControlSnapshot snapshot;
  private transient ListState<Tuple2<Long, E>> events;
  private transient Set<Object> keys;
  private transient boolean open;
  private transient Counter held;

  private ControlGate(TypeInformation<E> type, Set<ControlTable> needed) {
    this.descriptor = new ListStateDescriptor<>("held-events", Types.TUPLE(Types.LONG, type));
    this.needed = EnumSet.copyOf(needed);
  }

  /**
   * @param type of the events
   * @param needed tables that must be complete
   */
  public static <E> ControlGate<E> of(TypeInformation<E> type, Set<ControlTable> needed) {
    return new ControlGate<>(type, needed);
  }

  /** The control stream as the gated operator's second input; it needs no broadcast state. */
  public static BroadcastStream<ControlUpdate> broadcast(DataStream<ControlUpdate> updates) {
    return updates.broadcast(new MapStateDescriptor<?, ?>[0]);
  }

  public void open(RuntimeContext context) {
    snapshot = new ControlSnapshot(needed);
    keys = new HashSet<>();
    events = context.getListState(descriptor);
    held = context.getMetricGroup().counter("held");
    context.getMetricGroup().gauge("heldKeys", () -> keys.size());
  }

  /** The copy of the control tables; complete when {@link #isOpen()}. */
  public ControlSnapshot control() {
    return snapshot;
  }

  public boolean isOpen() {
    return open;
  }

  /** True when events of the key wait here. */
  public boolean isHolding(Object key) {
    return !open || keys.contains(key);
  }

  /**
   * Takes a control record.
   *
   * @return true when the gate is open
   */
  public boolean apply(
      ControlUpdate update, KeyedBroadcastProcessFunction<?, E, ControlUpdate, ?>.Context context)
      throws Exception {
    if (take(update)) {
      context.applyToKeyedState(descriptor, (key, state) -> keys.add(key));
      open = true;
    }
    return open;
  }

  /** As above, for operators that are no functions. */
  public boolean apply(ControlUpdate update, KeyedStateBackend<?> backend) throws Exception {
    if (take(update)) {
      backend.applyToAllKeys(
          VoidNamespace.INSTANCE,
          VoidNamespaceSerializer.INSTANCE,
          descriptor,
          (key, state) -> keys.add(key));
      open = true;
    }
    return open;
  }

  /** True when the event has to wait; it then comes out of {@link #release}. */
  public boolean holds(
      E event, KeyedBroadcastProcessFunction<?, E, ControlUpdate, ?>.ReadOnlyContext context)
      throws Exception {
    return holds(event, context.timestamp(), context.getCurrentKey(), context.timerService());
  }

  /** As above, for operators that are no functions. */
  public boolean holds(E event, long timestamp, Object key, TimerService timers) throws Exception {
    if (open && (keys.isEmpty() || !keys.contains(key))) {
      return false;
    }
    hold(event, timestamp, key, timers);
    return true;
  }

  /**
   * Lets an input wait though the tables are complete, until the log's time comes to it. Later ones
   * of its key queue up behind it, in event time.
   */
  public void hold(E event, long timestamp, Object key, TimerService timers) throws Exception {
    events.add(Tuple2.of(timestamp, event));
    timers.registerEventTimeTimer(timestamp);
    held.inc();
    if (open) {
      keys.add(key);
    }
  }

  /**
   * What the current key need not hold back any longer, in event time; empty when the timer is one
   * of the operator's own.
   *
   * @param timer timestamp of the timer that fired
   */
  public List<Held<E>> release(
      long timer, KeyedBroadcastProcessFunction<?, E, ControlUpdate, ?>.OnTimerContext context)
      throws Exception {
    return release(timer, context.getCurrentKey());
  }

  /** As above, for operators that are no functions. */
  public List<Held<E>> release(long timer, Object key) throws Exception {
    if (!open || !keys.contains(key)) {
      return List.of();
    }
    List<Held<E>> due = new ArrayList<>();
    List<Tuple2<Long, E>> later = new ArrayList<>();
    for (Tuple2<Long, E> waiting : events.get()) {
      if (waiting.f0 <= timer) {
        due.add(new Held<>(waiting.f0, waiting.f1));
      } else {
        later.add(waiting);
      }
    }
    events.update(later);
    if (later.isEmpty()) {
      keys.remove(key);
    }
    // Stable: events of one moment stay in the order in which they came.
    due.sort(Comparator.comparingLong(Held::timestamp));
    return due;
  }

  private boolean take(ControlUpdate update) {
    update.applyTo(snapshot);
    return !open && snapshot.ready();
  }
}
