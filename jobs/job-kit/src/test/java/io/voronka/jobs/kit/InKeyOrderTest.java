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
import org.apache.flink.streaming.api.operators.KeyContext;
import org.junit.jupiter.api.Test;

class InKeyOrderTest {
  private static final int KEY_GROUPS = 720;
  private static final int MOST = 5_000;

  private record Taken(String key, int number) {}

  private final List<Taken> taken = new ArrayList<>();
  private final CurrentKey current = new CurrentKey();
  private final InKeyOrder<Integer> gathered =
      new InKeyOrder<>(
          KEY_GROUPS,
          MOST,
          current,
          (key, number) -> {
            assertThat(current.key).isEqualTo(key);
            taken.add(new Taken(key, number));
          });

  private static final class CurrentKey implements KeyContext {
    private Object key;

    @Override
    public void setCurrentKey(Object key) {
      this.key = key;
    }

    @Override
    public Object getCurrentKey() {
      return key;
    }
  }

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
      gathered.add(lead(i), i, 1);
    }

    assertThat(gathered.release()).isTrue();

    assertThat(taken)
        .extracting(Taken::key)
        .hasSize(3_000)
        .isSortedAccordingTo(Comparator.comparing(InKeyOrderTest::stored, Arrays::compareUnsigned));
  }

  @Test
  void whatBelongsToOneKeyStaysInItsOrder() throws Exception {
    for (int number = 1; number <= 50; number++) {
      gathered.add("b", number, 1);
      gathered.add("a", number, 1);
    }

    gathered.release();

    for (String key : List.of("a", "b")) {
      assertThat(taken)
          .filteredOn(one -> one.key().equals(key))
          .extracting(Taken::number)
          .hasSize(50)
          .isSorted();
    }
  }

  @Test
  void whatWeighsMuchIsGatheredForLess() throws Exception {
    gathered.add("a", 1, MOST - 1);
    assertThat(taken).isEmpty();

    gathered.add("b", 2, 1);

    assertThat(taken).hasSize(2);
    gathered.add("c", 3, MOST - 1);
    assertThat(taken).as("weighed anew").hasSize(2);
  }

  @Test
  void manyAreNotGatheredForLong() throws Exception {
    for (int i = 0; i < 2 * MOST + 1; i++) {
      gathered.add(lead(i), i, 1);
    }

    assertThat(taken).hasSize(2 * MOST);
    assertThat(taken.subList(0, MOST)).as("what came first").allMatch(one -> one.number() < MOST);
    assertThat(gathered.release()).isTrue();
    assertThat(new HashSet<>(taken)).hasSize(2 * MOST + 1);
    assertThat(gathered.release()).as("once").isFalse();
  }
}
