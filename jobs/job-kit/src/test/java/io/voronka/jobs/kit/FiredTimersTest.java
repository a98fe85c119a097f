package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.CompositeKeySerializationUtils;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class FiredTimersTest {
  private static final int KEY_GROUPS = 720;

  private record Fired(String key, long at) {}

  private final List<Fired> fired = new ArrayList<>();
  private final FiredTimers timers =
      new FiredTimers(KEY_GROUPS, (key, at) -> fired.add(new Fired(key, at)));

  private static String lead(int number) {
    return "acme|1|lead|" + number * 7919L % 100_003;
  }

  /** As Flink's RocksDB backend begins the key of a state. */
  private static byte[] stored(String key) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(64);
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS);
      CompositeKeySerializationUtils.writeKeyGroup(group, 2, out);
      CompositeKeySerializationUtils.writeKey(key, StringSerializer.INSTANCE, out, false);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keysComeAsTheyAreStored() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      timers.add(lead(i), 1_000 + i);
    }

    assertThat(timers.release()).isTrue();

    assertThat(fired)
        .extracting(Fired::key)
        .hasSize(3_000)
        .isSortedAccordingTo(
            Comparator.comparing(FiredTimersTest::stored, Arrays::compareUnsigned));
  }

  @Test
  void timersOfOneKeyStayInTheOrderOfTheirTimes() throws Exception {
    for (long at = 1; at <= 50; at++) {
      timers.add("b", at);
      timers.add("a", at);
    }

    timers.release();

    for (String key : List.of("a", "b")) {
      assertThat(fired)
          .filteredOn(one -> one.key().equals(key))
          .extracting(Fired::at)
          .hasSize(50)
          .isSorted();
    }
  }

  @Test
  void manyAreNotGatheredForLong() throws Exception {
    for (int i = 0; i < 2 * FiredTimers.MOST + 1; i++) {
      timers.add(lead(i), i);
    }

    assertThat(fired).hasSize(2 * FiredTimers.MOST);
    assertThat(fired.subList(0, FiredTimers.MOST))
        .as("what was due first")
        .allMatch(one -> one.at() < FiredTimers.MOST);
    assertThat(timers.release()).isTrue();
    assertThat(new HashSet<>(fired)).hasSize(2 * FiredTimers.MOST + 1);
    assertThat(timers.release()).as("once").isFalse();
  }
}
