package io.voronka.jobs.evaluaterules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.StableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenEventsTest {
  private static final long T0 = 1_760_000_000_000L;

  private final Map<Long, Integer> moved = new HashMap<>();

  private SeenEvents with(SeenEvents seen, String id, long at, boolean dated) throws Exception {
    return seen.with(StableId.fingerprint(id), SeenEvents.expiry(at, dated), at, moved::put);
  }

  private static boolean contains(SeenEvents seen, String id, long at) {
    return seen.contains(StableId.fingerprint(id), at);
  }

  @Test
  void remembersDatedEventsForThirtyDaysAndOthersForTwoHours() throws Exception {
    SeenEvents seen = with(with(SeenEvents.NONE, "dated", T0, true), "undated", T0, false);

    long twoHours = Duration.ofHours(2).toMillis();
    assertThat(contains(seen, "undated", T0 + twoHours)).isTrue();
    assertThat(contains(seen, "undated", T0 + twoHours + 1000)).isFalse();
    long month = Duration.ofDays(30).toMillis();
    assertThat(contains(seen, "dated", T0 + month)).isTrue();
    assertThat(contains(seen, "dated", T0 + month + 1000)).isFalse();
    assertThat(contains(seen, "other", T0)).isFalse();
  }

  @Test
  void anEventFromBeforeItsFirstSightIsARepeatToo() throws Exception {
    assertThat(contains(with(SeenEvents.NONE, "e", T0, true), "e", T0 - 60_000)).isTrue();
  }

  @Test
  void forgetsWhatHasExpiredWhenSomethingNewComes() throws Exception {
    SeenEvents seen = with(SeenEvents.NONE, "undated", T0, false);

    seen = with(seen, "next", T0 + Duration.ofHours(3).toMillis(), true);

    assertThat(seen.ids()).hasSize(1);
  }

  @Test
  void movesTheOldestOutWhenThereAreManyAndLosesNone() throws Exception {
    SeenEvents seen = SeenEvents.NONE;
    for (int i = 0; i < 1000; i++) {
      seen = with(seen, "e" + i, T0 + i, true);
      assertThat(seen.ids().length).isLessThanOrEqualTo(SeenEvents.MOST);
    }
    assertThat(seen.spilled()).isTrue();
    Set<Long> all = new HashSet<>(moved.keySet());
    for (long id : seen.ids()) {
      all.add(id);
    }
    assertThat(all).hasSize(1000);
    assertThat(contains(seen, "e999", T0)).isTrue();
    assertThat(moved).containsKey(StableId.fingerprint("e0"));
  }

  @Test
  void fingerprintsOfManyIdsDiffer() {
    Set<Long> fingerprints = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      fingerprints.add(StableId.fingerprint("event-" + i));
    }
    assertThat(fingerprints).hasSize(200_000);
  }
}
