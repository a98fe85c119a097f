package io.voronka.rules.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StandardFieldsTest {

  @Test
  void isTheMapThatItIsMadeLike() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      Map<String, Known> like = new HashMap<>();
      Map<String, Known> fields = new StandardFields();
      for (int i = random.nextInt(40); i > 0; i--) {
        String name = name(random);
        Known value = new Known("v" + i, i);
        assertThat(fields.put(name, value)).isEqualTo(like.put(name, value));
      }

      assertThat(fields).isEqualTo(like).hasSize(like.size());
      assertThat(like).isEqualTo(fields);
      assertThat(fields.keySet()).isEqualTo(like.keySet());
      for (int i = 0; i < 20; i++) {
        String name = name(random);
        assertThat(fields.get(name)).isEqualTo(like.get(name));
        assertThat(fields.containsKey(name)).isEqualTo(like.containsKey(name));
        FieldRef ref = FieldRef.standard(name);
        assertThat(StandardFields.find(fields, ref)).isEqualTo(like.get(name));
        assertThat(StandardFields.find(like, ref)).isEqualTo(like.get(name));
      }
    }
  }

  private static String name(SplittableRandom random) {
    return random.nextInt(3) == 0
        ? "other " + random.nextInt(9)
        : FieldNames.name(1 + random.nextInt(FieldNames.count()));
  }
}
