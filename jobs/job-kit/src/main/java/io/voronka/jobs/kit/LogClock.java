package io.voronka.jobs.kit;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The log is the clock: event time is the Kafka timestamp, and each partition's newest timestamp
 * moves it on. Ticks on every partition keep it going when nothing happens. There is no idleness: a
 * partition without ticks means that nobody listens to the world, and then time has to stand still.
 *
 * @param group name of the alignment group: sources of one job wait for each other
 * @param mostDrift how far one source or partition may read ahead of the slowest; bounds what an
 *     operator has to hold back while the control tables are incomplete
 * @param updateInterval how often sources compare
 */
public record LogClock(String group, Duration mostDrift, Duration updateInterval)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A backlog is read at about twice this much log per second: sources compare twice a second, and
   * none goes further ahead in between. An incomplete control copy stops the others however large
   * this is.
   */
  static final Duration MOST_DRIFT = Duration.ofMinutes(10);

  /** Each time, all readers tell the JobManager how far they are, and are told. */
  private static final Duration UPDATE_INTERVAL = Duration.ofMillis(500);

  public static LogClock of(String group) {
    return new LogClock(group, MOST_DRIFT, UPDATE_INTERVAL);
  }

  public LogClock withMostDrift(Duration value) {
    return new LogClock(group, value, updateInterval);
  }

  /** For sources of events and commands: Kafka timestamps, monotonous per partition, aligned. */
  public <T> WatermarkStrategy<T> events() {
    return WatermarkStrategy.<T>forMonotonousTimestamps()
        .withWatermarkAlignment(group, mostDrift, updateInterval);
  }

  /**
   * For inputs without ticks, whose operators keep time by the wall clock: holds back nothing, so
   * that only the control stream's completeness decides when held events go. {@link #now} makes no
   * sense behind it.
   */
  public <T> WatermarkStrategy<T> untimed() {
    // Not aligned: whoever is ahead of the group is stopped, and this is always ahead.
    return WatermarkStrategy.forGenerator(context -> new EndOfTime<>());
  }

  /** For the control stream, which says itself when it holds back nothing any more. */
  public <T> WatermarkStrategy<T> control() {
    return WatermarkStrategy.<T>noWatermarks()
        .withWatermarkAlignment(group, mostDrift, updateInterval);
  }

  /**
   * The log's time as an operator sees it.
   *
   * @param timestamp of the element at hand, epoch milliseconds
   * @param watermark the operator's current one
   */
  public static long now(long timestamp, long watermark) {
    return Math.max(timestamp, watermark);
  }

  private static final class EndOfTime<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  /** Ticks have done their work once they have passed the source. Uid: {@code drop-ticks}. */
  public static DataStream<CrmEvent> withoutTicks(DataStream<CrmEvent> events) {
    return events
        .filter(event -> event.getKind() != EventKind.TICK)
        .uid("drop-ticks")
        .name("drop-ticks")
        .setParallelism(events.getParallelism());
  }
}
