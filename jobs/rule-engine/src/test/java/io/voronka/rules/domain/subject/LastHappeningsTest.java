package io.voronka.rules.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.EventKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LastHappeningsTest {

  @Test
  void isTheMapThatItIsMadeLike() {
    SplittableRandom random = new SplittableRandom(1);
    EventKind[] kinds = EventKind.values();
    for (int round = 0; round < 200; round++) {
      Map<EventKind, Happening> like = new EnumMap<>(EventKind.class);
      LastHappenings last = LastHappenings.NONE;
      for (int i = random.nextInt(20); i > 0; i--) {
        EventKind kind = kinds[random.nextInt(kinds.length)];
        Happening happening = new Happening(i, i, i);
        LastHappenings before = last;
        Map<EventKind, Happening> likeBefore = new EnumMap<>(like);
        last = last.with(kind, happening);
        like.put(kind, happening);
        assertThat(before).as("never changes").isEqualTo(likeBefore);
      }

      assertThat(last).isEqualTo(like).hasSize(like.size()).hasSameHashCodeAs(like);
      assertThat(last.keySet()).containsExactlyElementsOf(like.keySet());
      assertThat(last.entrySet()).containsExactlyElementsOf(like.entrySet());
      for (EventKind kind : kinds) {
        assertThat(last.get(kind)).isEqualTo(like.get(kind));
        assertThat(last.containsKey(kind)).isEqualTo(like.containsKey(kind));
      }
      assertThat(LastHappenings.of(like)).isEqualTo(last);
    }
  }
}
