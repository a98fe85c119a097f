package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class RejectionsTest {
  private enum Reason {
    NO_VALUE,
    TOO_LARGE
  }

  @Test
  void everyReasonHasItsCounterFromTheStart() {
    Map<String, Counter> counters = new TreeMap<>();

    Rejections<Reason> rejections = Rejections.register(group("", counters), Reason.class);
    rejections.count(Reason.TOO_LARGE);
    rejections.count(Reason.TOO_LARGE);

    assertThat(counters).containsOnlyKeys("reason=no-value/rejected", "reason=too-large/rejected");
    assertThat(counters.get("reason=no-value/rejected").getCount()).isZero();
    assertThat(counters.get("reason=too-large/rejected").getCount()).isEqualTo(2);
  }

  private static MetricGroup group(String path, Map<String, Counter> counters) {
    return new UnregisteredMetricsGroup() {
      @Override
      public MetricGroup addGroup(String key, String value) {
        return group(path + key + "=" + value + "/", counters);
      }

      @Override
      public Counter counter(String name) {
        Counter counter = super.counter(name);
        counters.put(path + name, counter);
        return counter;
      }
    };
  }
}
