package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceTest {
  /** Else it would be added once more after a lost answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Привет! 😀\nКак дела?\n",
        "Привет! 😀\r\nКак дела?",
        "  Привет! 😀\n\nКак дела?  ",
        "Привет! 😀 \nКак дела?",
      })
  void aTextIsTheSameWhenNobodyCanSeeTheDifference(String kept) {
    assertThat(Trace.isText("Привет! 😀\nКак дела?\n", kept)).isTrue();
  }

  @Test
  void otherWordsAreAnotherText() {
    assertThat(Trace.isText("Привет! 😀", "Привет!")).isFalse();
    assertThat(Trace.isText("Привет, Анна", "Привет,  Анна")).isFalse();
    assertThat(Trace.isText("Привет", "привет")).isFalse();
    assertThat(Trace.isText("Привет", null)).isFalse();
  }
}
