package io.voronka.jobs.drivesequences.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WalkTest {
  private final List<String> settled = new ArrayList<>();
  private long newest;
  private int asked;

  private Walk walk(int subjects) {
    return new Walk(
        new Walk.Task() {
          @Override
          public Stream<String> keys() {
            return IntStream.range(0, subjects).mapToObj(Integer::toString);
          }

          @Override
          public long newestEffective(long at) {
            return newest <= at ? newest : Long.MIN_VALUE;
          }

          @Override
          public void settle(String key) {
            settled.add(key);
          }

          @Override
          public void soon() {
            asked++;
          }
        },
        Long.MIN_VALUE);
  }

  @Test
  void goesThroughAllAFewAtATimeAndOnce() throws Exception {
    newest = 100;
    Walk walk = walk(1200);
    walk.timeIs(99);
    assertThat(walk.isRunning()).isFalse();
    walk.timeIs(100);
    walk.step();
    assertThat(settled).hasSize(500);
    assertThat(walk.walkedTo()).as("not done").isEqualTo(Long.MIN_VALUE);
    walk.step();
    walk.step();
    walk.step();

    assertThat(settled).hasSize(1200).doesNotHaveDuplicates();
    assertThat(walk.walkedTo()).isEqualTo(100);
    walk.timeIs(500);
    assertThat(walk.isRunning()).isFalse();
  }

  @Test
  void aVersionThatComesLateInTheMiddleOfAWalkIsWalkedForAgain() throws Exception {
    newest = 100;
    Walk walk = walk(600);
    walk.timeIs(100);
    walk.step();
    walk.published(90);
    walk.step();
    assertThat(walk.walkedTo()).isEqualTo(89);
    walk.timeIs(101);

    assertThat(walk.isRunning()).isTrue();
    assertThat(asked).isEqualTo(3);
  }
}
