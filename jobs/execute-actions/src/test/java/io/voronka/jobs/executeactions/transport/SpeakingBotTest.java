package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Mishap;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Write;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.MessageBot;
import io.voronka.schemas.SendMessage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of an account whose salesbot speaks for it. */
final class SpeakingBotTest {
  private KommoStandIn kommo;
  private CrmTransport transport;
  private Means means;

  @BeforeEach
  void start() throws Exception {
    kommo = KommoStandIn.start();
    means =
        Means.of(
            Requests.tenant().build(),
            Requests.account()
                .setApiBaseUrl(kommo.apiBaseUrl())
                .setMessageBot(new MessageBot("9001", "600002"))
                .build());
    transport = CrmTransportFixture.open(name -> "token");
  }

  @AfterEach
  void stop() {
    transport.close();
    kommo.close();
  }

  @Test
  void theTextIsPutIntoTheLeadsFieldAndThenTheBotIsRun() throws Exception {
    SendResult result = send(message("Добрый день!").build());

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(kommo.writes())
        .extracting(Write::path)
        .containsExactly("/leads/100", "/bots/9001/run");
    assertThat(kommo.writes().get(0).body())
        .contains("\"field_id\":600002", "\"value\":\"Добрый день!\"");
    assertThat(kommo.writes().get(1).body())
        .contains("\"entity_id\":100", "\"entity_type\":\"leads\"");
  }

  @Test
  void whateverBecameOfTheFieldNothingWasSaid() throws Exception {
    kommo.next(Mishap.DONE_AND_DROPPED);

    SendResult result = send(message("Hello").build());

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.NOT_DONE);
    assertThat(kommo.writes()).extracting(Write::path).containsExactly("/leads/100");
  }

  @Test
  void whatBecameOfARunWhoseAnswerIsLostCannotBeKnown() throws Exception {
    kommo.next(Mishap.NONE);
    kommo.next(Mishap.DROPPED);

    assertThat(send(message("Hello").build()).kind()).isEqualTo(SendResult.Kind.UNCLEAR);
  }

  @Test
  void aBotThatHasToWaitHasSaidNothing() throws Exception {
    kommo.next(Mishap.NONE);
    kommo.next(Mishap.TOO_MANY);

    SendResult result = send(message("Hello").build());

    assertThat(result.kind()).isEqualTo(SendResult.Kind.LIMITED);
    assertThat(result.retryAfterMillis()).isEqualTo(1_000);
  }

  @Test
  void emptyTextsAndOtherEntitiesAreRefusedAtOnce() throws Exception {
    assertThat(send(message(" ").build()).reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(send(message("Hello").setSubjectType(EntityType.TALK).build()).reason())
        .isEqualTo(Reason.BAD_REQUEST);
    assertThat(kommo.writes()).isEmpty();
  }

  @Test
  void whereTheTalkCanBeReadItTells() throws Exception {
    ReadResult read =
        transport
            .read(message("Hello").build(), means, 0)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    assertThat(read.kind()).isEqualTo(ReadResult.Kind.ABSENT);
  }

  private static ActionRequested.Builder message(String text) {
    return Requests.builder(ActionKind.SEND_MESSAGE, "a")
        .setSendMessage(new SendMessage(text, "55"));
  }

  private SendResult send(ActionRequested request) throws Exception {
    return transport.send(request, means).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
