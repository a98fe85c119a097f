package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.explain.Language;
import io.voronka.rules.why.OutcomeReasons;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReasonTest {

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsSaidInBothLanguages(Reason reason) {
    assertThat(OutcomeReasons.words(reason.text(), Language.EN))
        .hasValueSatisfying(ReasonTest::isLatin);
    assertThat(OutcomeReasons.words(reason.text(), Language.RU)).isNotEmpty();
  }

  private static void isLatin(String words) {
    assertThat(words).isNotBlank().matches("\\p{ASCII}+");
  }
}
