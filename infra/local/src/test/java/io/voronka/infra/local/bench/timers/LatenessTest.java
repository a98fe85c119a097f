package io.voronka.infra.local.bench.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.bench.Latency;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final long DUE = 1_760_000_000_000L;
  private static final Wave ALL_AT_ONCE = Wave.atSeconds("all", 0, 101, DUE, 101);
  private static final Wave SLOW = Wave.atSeconds("slow", 101, 6, DUE, 2);

  private final List<String> problems = new ArrayList<>();

  @Test
  void countsFromWhenAMomentWasDue() {
    List<Lateness> found = Lateness.of(all(10), List.of(ALL_AT_ONCE, SLOW), 0, problems);

    assertThat(found.get(0)).isEqualTo(new Lateness(new Latency(60, 109, 110), 0));
    assertThat(found.get(1)).isEqualTo(new Lateness(new Latency(7, 7, 7), 0));
    assertThat(problems).isEmpty();
  }

  @Test
  void countsFromWhenTheJobRanIfThatIsLater() {
    List<Lateness> found = Lateness.of(all(1_000), List.of(ALL_AT_ONCE, SLOW), DUE + 990, problems);

    assertThat(found.get(0).ms()).isEqualTo(new Latency(60, 109, 110));
  }

  @Test
  void takesTheFirstOfRepeatedRecords() {
    List<Told> told = all(10);
    told.add(0, new Told(101, DUE, DUE + 4_000));
    told.add(new Told(102, DUE, DUE + 4_000));

    Lateness slow = Lateness.of(told, List.of(ALL_AT_ONCE, SLOW), 0, problems).get(1);

    assertThat(slow).isEqualTo(new Lateness(new Latency(7, 7, 7), 2));
  }

  @Test
  void saysWhatIsMissingAndWhatWasNotDue() {
    List<Told> told = all(10);
    told.remove(3);
    told.add(new Told(5, DUE + 1, DUE + 2));
    told.add(new Told(500, DUE, DUE + 2));

    Lateness.of(told, List.of(ALL_AT_ONCE, SLOW), 0, problems);

    assertThat(problems)
        .containsExactly(
            "2 moments were told that were not due", "wave all: 100 of 101 moments were told");
  }

  /** Each of the first wave a millisecond later than the one before, the others 7 ms late. */
  private static List<Told> all(int firstLate) {
    List<Told> told = new ArrayList<>();
    IntStream.range(0, 101).forEach(i -> told.add(new Told(i, DUE, DUE + firstLate + i)));
    for (int lead = SLOW.first(); lead < SLOW.next(); lead++) {
      long due = DUE + (lead - 101) / 2 * 1_000;
      told.add(new Told(lead, due, due + 7));
    }
    return told;
  }
}
