package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.OptOutWords;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GatherByTargetTest {

  @Test
  void whatAUserOfTheCrmWritesToAClientCounts() {
    assertThat(GatherByTarget.saidByPerson(Requests.spoken("500", Requests.NOW))).isTrue();
  }

  @Test
  void robotsBotsAndClientsAreNoUsers() {
    CrmEvent robot = Requests.spoken("0", Requests.NOW);
    CrmEvent nobody = CrmEvent.newBuilder(robot).setActorId(null).build();
    CrmEvent bot =
        CrmEvent.newBuilder(robot)
            .setActorId("500")
            .setFields(Map.of("author.type", "bot"))
            .build();
    CrmEvent client =
        CrmEvent.newBuilder(robot).setActorId("500").setKind(EventKind.MESSAGE_RECEIVED).build();

    assertThat(GatherByTarget.saidByPerson(robot)).isFalse();
    assertThat(GatherByTarget.saidByPerson(nobody)).isFalse();
    assertThat(GatherByTarget.saidByPerson(bot)).isFalse();
    assertThat(GatherByTarget.saidByPerson(client)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void nothingThatAPersonSaidIsPassedOverUndecoded(EventKind kind) {
    CrmEvent event =
        CrmEvent.newBuilder(Requests.spoken("500", Requests.NOW))
            .setKind(kind)
            .setFields(Map.of("author.type", "internal", "text", "stop"))
            .build();

    boolean decoded = GatherByTarget.maySpeak(RecordCodec.of(CrmEvent.class).encode(event));

    assertThat(decoded)
        .isEqualTo(
            GatherByTarget.saidByPerson(event)
                || OptOutWords.mayBe(event)
                || kind == EventKind.UNKNOWN);
  }

  @Test
  void whatIsNoEventIsDecodedToBeCounted() {
    assertThat(GatherByTarget.maySpeak(new byte[] {1, 2, 3})).isTrue();
    assertThat(GatherByTarget.maySpeak(new byte[0])).isTrue();
  }

  @Test
  void onlyWithdrawalsThatSayWhatAndWhereAreForTargets() {
    CommandRequested whole = Requests.withdrawal("a");

    assertThat(GatherByTarget.withdraws(whole)).isTrue();
    assertThat(
            GatherByTarget.withdraws(
                CommandRequested.newBuilder(whole).setKind(CommandKind.START).build()))
        .isFalse();
    assertThat(GatherByTarget.withdraws(CommandRequested.newBuilder(whole).setTarget(null).build()))
        .isFalse();
  }
}
