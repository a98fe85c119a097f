package io.voronka.jobs.kit;

import io.voronka.schemas.StableId;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The ids that the current key has seen, as keyed state of the operator that owns it. An id lives
 * as long as the log's clock says; the state's own TTL (wall clock) only cleans up, a day later, so
 * that an outage does not make ids forgotten too early. One look-up per event, 24 bytes per id.
 */
public final class SeenIds implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As long as the raw archive can be redelivered. */
  public static final Duration DATED = Duration.ofDays(30);

  /** Without a vendor's time in it, an id cannot tell a second genuine happening from a repeat. */
  public static final Duration UNDATED = Duration.ofHours(2);

  private static final Duration GRACE = Duration.ofDays(1);
  private static final int ID_DIGITS = 32;
  private static final int HALF = 16;
  private static final int RADIX = 16;

  private transient MapState<Tuple2<Long, Long>, Long> dated;
  private transient MapState<Tuple2<Long, Long>, Long> undated;

  /** To be called from {@code open}. States: {@code seen-dated}, {@code seen-undated}. */
  public void open(RuntimeContext context) {
    dated = context.getMapState(descriptor("seen-dated", DATED));
    undated = context.getMapState(descriptor("seen-undated", UNDATED));
  }

  /**
   * True, and remembered, when the current key has not seen the id within its lifetime.
   *
   * @param id as of {@code StableId}; other texts are hashed
   * @param eventTime epoch milliseconds
   * @param isDated whether the id was derived from a vendor's time
   */
  public boolean isNew(String id, long eventTime, boolean isDated) throws Exception {
    MapState<Tuple2<Long, Long>, Long> ids = isDated ? dated : undated;
    long lifetime = (isDated ? DATED : UNDATED).toMillis();
    Tuple2<Long, Long> compact = compact(id);
    Long first = ids.get(compact);
    // An event from before the first sight (a replay) is a repeat as well.
    if (first != null && eventTime - first <= lifetime) {
      return false;
    }
    ids.put(compact, eventTime);
    return true;
  }

  private static Tuple2<Long, Long> compact(String id) {
    String hex = isHex(id) ? id : StableId.of(id);
    return Tuple2.of(
        Long.parseUnsignedLong(hex, 0, HALF, RADIX),
        Long.parseUnsignedLong(hex, HALF, ID_DIGITS, RADIX));
  }

  private static boolean isHex(String id) {
    if (id.length() != ID_DIGITS) {
      return false;
    }
    for (int i = 0; i < ID_DIGITS; i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static MapStateDescriptor<Tuple2<Long, Long>, Long> descriptor(
      String name, Duration lifetime) {
    TypeInformation<Tuple2<Long, Long>> key = Types.TUPLE(Types.LONG, Types.LONG);
    MapStateDescriptor<Tuple2<Long, Long>, Long> descriptor =
        new MapStateDescriptor<>(name, key, Types.LONG);
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(lifetime.plus(GRACE)));
    return descriptor;
  }
}
