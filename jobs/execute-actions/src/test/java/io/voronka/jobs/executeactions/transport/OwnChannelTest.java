package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Mishap;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ChatChannel;
import io.voronka.schemas.SendMessage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of an account that has a chat channel of ours. */
final class OwnChannelTest {
  private KommoStandIn kommo;
  private CrmTransport transport;
  private Means means;

  @BeforeEach
  void start() throws Exception {
    kommo = KommoStandIn.start();
    ChatChannel channel = new ChatChannel(kommo.chatsBaseUrl(), "channel_1", "env:CHAT", "bot-1");
    means =
        Means.of(
            Requests.tenant().build(),
            Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).setChatChannel(channel).build());
    transport = CrmTransportFixture.open(name -> "the-secret-of-" + name);
  }

  @AfterEach
  void stop() {
    transport.close();
    kommo.close();
  }

  @Test
  void aMessageLeavesByTheChannelUnderItsActionsId() throws Exception {
    SendResult result = send(message("a", "55"));

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(result.vendorId()).startsWith("ref-");
    assertThat(kommo.writes()).hasSize(1);
    assertThat(kommo.writes().get(0).path()).isEqualTo("/v2/origin/custom/channel_1");
    assertThat(kommo.writes().get(0).body())
        .contains("\"msgid\":\"a\"", "\"conversation_ref_id\":\"chat-55\"", "\"id\":\"7\"");
  }

  @Test
  void withoutATalkTheLeadsOneIsFound() throws Exception {
    assertThat(send(message("a", null)).kind()).isEqualTo(SendResult.Kind.DONE);

    assertThat(kommo.writes().get(0).body()).contains("\"conversation_ref_id\":\"chat-55\"");
  }

  /** The same words under another action's id are no trace of this one. */
  @Test
  void whatMayHaveBeenSaidIsFoundByItsIdAndNotByItsWords() throws Exception {
    kommo.next(Mishap.DONE_AND_DROPPED);
    assertThat(send(message("a", "55")).kind()).isEqualTo(SendResult.Kind.UNCLEAR);
    kommo.next(Mishap.DROPPED);
    assertThat(send(message("b", "55")).kind()).isEqualTo(SendResult.Kind.UNCLEAR);

    assertThat(read(message("a", "55")).kind()).isEqualTo(ReadResult.Kind.FOUND);
    assertThat(read(message("b", "55")).kind()).isEqualTo(ReadResult.Kind.ABSENT);
  }

  @Test
  void itIsFoundInATalkThatSomebodyHasClosed() throws Exception {
    kommo.next(Mishap.DONE_AND_DROPPED);
    assertThat(send(message("a", null)).kind()).isEqualTo(SendResult.Kind.UNCLEAR);
    kommo.talk("55", false, System.currentTimeMillis() / 1000);

    assertThat(read(message("a", null)).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void otherKindsGoTheirWayAsBefore() throws Exception {
    send(Requests.of(ActionKind.ADD_NOTE, "note"));

    assertThat(kommo.writes().get(0).path()).isEqualTo("/leads/100/notes");
  }

  private static ActionRequested message(String id, String talk) {
    return Requests.builder(ActionKind.SEND_MESSAGE, id)
        .setSendMessage(new SendMessage("Добрый день!", talk))
        .build();
  }

  private SendResult send(ActionRequested request) throws Exception {
    return transport.send(request, means).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private ReadResult read(ActionRequested request) throws Exception {
    return transport.read(request, means, 0).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
