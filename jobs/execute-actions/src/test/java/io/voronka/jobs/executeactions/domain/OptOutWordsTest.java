package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.TenantRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptOutWordsTest {
  private static final TenantRow USUAL = Requests.tenant().build();
  private static final long NOW = Requests.NOW;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "СТОП",
        "стоп",
        "  Стоп! ",
        "stop",
        "STOP.",
        "«Отписаться»",
        "unsubscribe",
        "opt  out",
        "Stop\n",
        "🛑 stop 🛑"
      })
  void aWordThatIsTheWholeMessageOptsOut(String text) {
    assertThat(OptOutWords.mayBe(message(text))).isTrue();
    assertThat(OptOutWords.says(USUAL, message(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "стоп, а цена какая?",
        "non-stop",
        "Can I stop by tomorrow?",
        "стопка",
        "!!!",
        "как отписаться",
        "don't stop"
      })
  void aWordInsideASentenceDoesNot(String text) {
    assertThat(OptOutWords.says(USUAL, message(text))).isFalse();
  }

  @Test
  void aTenantHasWordsOfItsOwnInsteadOfTheUsualOnes() {
    TenantRow own = Requests.tenant().setOptOutWords(List.of("Хватит писать")).build();
    TenantRow none = Requests.tenant().setOptOutWords(List.of()).build();

    assertThat(OptOutWords.says(own, message("хватит  писать!"))).isTrue();
    assertThat(OptOutWords.says(own, message("стоп"))).isFalse();
    assertThat(OptOutWords.says(none, message("стоп"))).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void aMessageWithoutTextIsNotLookedAt(String text) {
    assertThat(OptOutWords.mayBe(message(text))).isFalse();
  }

  @Test
  void onlyShortMessagesOfClientsAreLookedAt() {
    assertThat(OptOutWords.mayBe(message("x".repeat(65)))).isFalse();
    assertThat(
            OptOutWords.mayBe(
                CrmEvent.newBuilder(message("stop")).setKind(EventKind.MESSAGE_SENT).build()))
        .isFalse();
  }

  @Test
  void theContactHasSaidItOrElseWhoeverIsInTheTalkOrIsTheLeads() {
    EntityRef talk = new EntityRef(EntityType.TALK, "55");
    EntityRef contact = new EntityRef(EntityType.CONTACT, "7");

    assertThat(OptOutWords.recipients(linked(List.of(talk, contact))))
        .containsExactly("contact:main/7");
    assertThat(OptOutWords.recipients(linked(List.of(talk))))
        .containsExactly("talk:main/55", "lead:main/100");
    assertThat(OptOutWords.recipients(linked(List.of()))).containsExactly("lead:main/100");
    assertThat(
            OptOutWords.recipients(
                CrmEvent.newBuilder(linked(List.of()))
                    .setSubjectType(EntityType.MESSAGE)
                    .setSubjectId("m")
                    .build()))
        .isEmpty();
  }

  private static CrmEvent linked(List<EntityRef> links) {
    return CrmEvent.newBuilder(message("stop")).setLinks(links).build();
  }

  private static CrmEvent message(String text) {
    CrmEvent.Builder event = CrmEvent.newBuilder(Requests.heard("x", NOW));
    return event.setFields(text == null ? Map.of() : Map.of("text", text)).build();
  }
}
