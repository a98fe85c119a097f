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
      StandardFields fields = new StandardFields();
      int times = 1 + random.nextInt(3);
      for (int i = random.nextInt(40); i > 0; i--) {
        String name = name(random);
        Known value = new Known("v" + i, random.nextInt(times));
        if (random.nextBoolean()) {
          assertThat(fields.put(name, value)).isEqualTo(like.put(name, value));
        } else {
          fields.put(name, value.text(), value.at());
          like.put(name, value);
        }
      }

      assertThat(fields).isEqualTo(like).hasSize(like.size());
      assertThat(like).isEqualTo(fields);
      assertThat(fields.keySet()).isEqualTo(like.keySet());
      assertThat(each(fields)).isEqualTo(like);
      assertThat(each(like)).isEqualTo(like);
      for (int i = 0; i < 20; i++) {
        String name = name(random);
        assertThat(fields.get(name)).isEqualTo(like.get(name));
        assertThat(fields.containsKey(name)).isEqualTo(like.containsKey(name));
        FieldRef ref = FieldRef.standard(name);
        String text = like.containsKey(name) ? like.get(name).text() : null;
        assertThat(StandardFields.text(fields, ref)).isEqualTo(text);
        assertThat(StandardFields.text(like, ref)).isEqualTo(text);
      }
    }
  }

  private static Map<String, Known> each(Map<String, Known> fields) {
    Map<String, Known> each = new HashMap<>();
    StandardFields.each(
        fields,
        (code, name, text, at) -> {
          assertThat(code).isEqualTo(FieldNames.code(name));
          each.put(name, new Known(text, at));
        });
    return each;
  }

  private static String name(SplittableRandom random) {
    return random.nextInt(3) == 0
        ? "other " + random.nextInt(9)
        : FieldNames.name(1 + random.nextInt(FieldNames.count()));
  }
}
