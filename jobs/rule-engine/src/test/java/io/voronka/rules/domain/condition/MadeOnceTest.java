package io.voronka.rules.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import io.voronka.rules.domain.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MadeOnceTest {
  private final MadeOnce<String, StringBuilder> texts = new MadeOnce<>();
  private final AtomicInteger made = new AtomicInteger();

  private StringBuilder text(String key) {
    return texts.of(
        key,
        k -> {
          made.incrementAndGet();
          return new StringBuilder(k);
        },
        value -> !key.startsWith("broken"));
  }

  @Test
  void allWhoAskGetTheOneThatWasMade() {
    List<StringBuilder> got =
        IntStream.range(0, 1_000).parallel().mapToObj(i -> text("same")).distinct().toList();

    assertThat(got).hasSize(1);
    assertThat(made).hasValue(1);
    assertThat(text("another")).isNotSameAs(got.get(0));
  }

  @Test
  void whatIsNotSoundIsMadeForEachAnew() {
    assertThat(text("broken")).isNotSameAs(text("broken"));
    assertThat(texts.size()).isZero();
  }

  @Test
  void whatNobodyHoldsIsForgotten() {
    StringBuilder held = text("held");
    for (int i = 0; i < 1_000; i++) {
      text("passing " + i);
    }
    for (int i = 0; i < 1_000 && texts.size() > 500; i++) {
      System.gc();
    }

    assertThat(texts.size()).isLessThanOrEqualTo(500);
    assertThat(text("held")).isSameAs(held);
  }

  @Test
  void rulesThatSayTheSameShareTheTextAndTheExpression() {
    List<String> problems = new ArrayList<>();
    Text one = Text.parse("Call {{ lead.name }} in time", problems::add);

    assertThat(Text.parse("Call {{ lead.name }} in time", problems::add)).isSameAs(one);
    assertThat(problems).isEmpty();
    assertThat(FieldTest.matching(ValueType.TEXT, "^a+$").pattern())
        .isSameAs(FieldTest.matching(ValueType.TEXT, "^a+$").pattern())
        .isNotSameAs(FieldTest.matching(ValueType.TEXT_IGNORE_CASE, "^a+$").pattern());
  }

  @Test
  void everyBrokenOneIsComplainedOf() {
    for (int i = 0; i < 2; i++) {
      List<String> problems = new ArrayList<>();
      Text.parse("Call {{ lead.nobody }}", problems::add);
      assertThat(problems).hasSize(1);
      assertThatThrownBy(() -> FieldTest.matching(ValueType.TEXT, "(a"))
          .isInstanceOf(PatternSyntaxException.class)
          .hasMessageContaining("missing closing )");
    }
  }
}
