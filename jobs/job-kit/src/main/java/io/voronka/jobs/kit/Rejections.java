package io.voronka.jobs.kit;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** One counter {@code rejected{reason=…}} per reason; all of them there from the start, at zero. */
public final class Rejections<R extends Enum<R>> {
  private final Map<R, Counter> counters;

  private Rejections(Map<R, Counter> counters) {
    this.counters = counters;
  }

  public static <R extends Enum<R>> Rejections<R> register(MetricGroup metrics, Class<R> reasons) {
    Map<R, Counter> counters = new EnumMap<>(reasons);
    for (R reason : reasons.getEnumConstants()) {
      counters.put(reason, metrics.addGroup("reason", label(reason)).counter("rejected"));
    }
    return new Rejections<>(counters);
  }

  public void count(R reason) {
    counters.get(reason).inc();
  }

  /** The reason as it is written in records and metrics: lower case with dashes. */
  public static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
