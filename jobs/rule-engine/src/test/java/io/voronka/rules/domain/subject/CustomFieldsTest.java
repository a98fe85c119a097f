package io.voronka.rules.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CustomFieldsTest {

  @Test
  void isTheMapThatItIsMadeLikeAndKnowsCodes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      Map<String, KnownCustom> like = new HashMap<>();
      Map<String, KnownCustom> fields = new CustomFields(random.nextInt(10));
      for (int i = random.nextInt(30); i > 0; i--) {
        String id = "" + random.nextInt(20);
        String code = random.nextInt(3) == 0 ? "CODE " + random.nextInt(5) : null;
        KnownCustom field = new KnownCustom(code, List.of(new Value("v" + i, null, null)), i);
        assertThat(fields.put(id, field)).isEqualTo(like.put(id, field));
      }

      assertThat(fields).isEqualTo(like).hasSize(like.size());
      assertThat(like).isEqualTo(fields);
      for (int i = 0; i < 20; i++) {
        assertThat(fields.get("" + i)).isEqualTo(like.get("" + i));
        assertThat(fields.containsKey("" + i)).isEqualTo(like.containsKey("" + i));
      }
      for (int i = 0; i < 5; i++) {
        String code = "CODE " + i;
        String lowest =
            like.keySet().stream()
                .filter(id -> code.equals(like.get(id).code()))
                .sorted()
                .findFirst()
                .orElse(null);
        KnownCustom wanted = lowest == null ? null : like.get(lowest);
        assertThat(CustomFields.find(fields, code)).isEqualTo(wanted);
        assertThat(CustomFields.find(like, code)).isEqualTo(wanted);
      }
    }
  }
}
