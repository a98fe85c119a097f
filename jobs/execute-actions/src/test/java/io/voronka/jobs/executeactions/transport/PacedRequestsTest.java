package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.RequestPace;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.SendMessage;
import io.voronka.schemas.UpdateField;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An action that takes several requests keeps to the budget with every one of them. */
final class PacedRequestsTest {
  private KommoStandIn kommo;
  private CrmTransport transport;
  private Means means;

  @BeforeEach
  void start() throws Exception {
    kommo = KommoStandIn.start();
    means =
        Means.of(
            Requests.tenant().build(),
            Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).build());
    transport = CrmTransportFixture.open(name -> "the-token");
  }

  @AfterEach
  void stop() {
    transport.close();
    kommo.close();
  }

  /** At once they would be over it each time, and the message would never be said. */
  @Test
  void aMessageThatTakesMoreThanTheWholeBudgetIsSaidAllTheSame() throws Exception {
    kommo.takes(2);
    ActionRequested message =
        Requests.builder(ActionKind.SEND_MESSAGE, "a")
            .setSendMessage(new SendMessage("Добрый день!", null))
            .build();

    SendResult result = send(message, 2);

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(kommo.requestTimes()).hasSize(3);
  }

  @Test
  void askingForTheTypesOfFieldsCounts() throws Exception {
    kommo.hasField("575809", "date");
    kommo.takes(1);

    SendResult result = send(dated("a"), 1);

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(kommo.requestTimes()).hasSize(2);
  }

  @Test
  void whatIsKnownAlreadyIsNotWaitedFor() throws Exception {
    kommo.hasField("575809", "date");
    send(dated("a"), 7);
    kommo.takes(1);

    assertThat(send(dated("b"), 1).kind()).isEqualTo(SendResult.Kind.LIMITED);
    assertThat(kommo.requestTimes()).as("types, a, b").hasSize(3);
  }

  private static ActionRequested dated(String id) {
    return Requests.builder(ActionKind.UPDATE_FIELD, id)
        .setUpdateField(
            new UpdateField(
                List.of(
                    new FieldWrite(
                        null, "575809", null, List.of(new FieldValue("2026-05-01", null, null))))))
        .build();
  }

  private SendResult send(ActionRequested request, int granted) throws Exception {
    return transport
        .send(request, means.at(RequestPace.of(granted)))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }
}
