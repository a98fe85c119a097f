package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Mishap;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.SendMessage;
import io.voronka.schemas.UpdateField;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CrmTransportTest {
  private KommoStandIn kommo;
  private CrmTransport transport;
  private AccountRow account;

  @BeforeEach
  void start() throws Exception {
    kommo = KommoStandIn.start();
    account = Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).build();
    transport = CrmTransportFixture.open(name -> name.equals("TOKEN") ? "the-token" : null);
  }

  @AfterEach
  void stop() {
    transport.close();
    kommo.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CHANGE_STAGE, /leads/100, '\"status_id\":142'",
    "UPDATE_FIELD, /leads/100, '\"field_id\":575809'",
    "CREATE_TASK, /tasks, '\"text\":\"Call a\"'",
    "SEND_MESSAGE, /talks/55/send_message, '\"text\":\"Hello a\"'",
    "ADD_NOTE, /leads/100/notes, '\"text\":\"Note a\"'",
    "ADD_TAGS, /leads/100, '\"name\":\"vip\"'",
    "RUN_SALESBOT, /bots/9/run, '\"entity_id\":100'",
  })
  void everyKindReachesItsPlace(ActionKind kind, String path, String part) throws Exception {
    SendResult result = send(Requests.of(kind, "a"));

    assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
    assertThat(kommo.writes()).hasSize(1);
    assertThat(kommo.writes().get(0).path()).isEqualTo(path);
    assertThat(kommo.writes().get(0).body()).contains(part);
    assertThat(kommo.lastAuthorization()).isEqualTo("Bearer the-token");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE_STAGE", "CREATE_TASK", "SEND_MESSAGE", "ADD_NOTE", "ADD_TAGS"})
  void whatWasWrittenIsFoundAndOnlyThen(ActionKind kind) throws Exception {
    ActionRequested request = now(Requests.of(kind, "a"));
    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.ABSENT);

    send(request);

    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  /** Else it would be moved back, and on again. */
  @Test
  void aLeadThatWeMovedAndThatHasMovedOnIsFoundToHaveBeenThere() throws Exception {
    account = AccountRow.newBuilder(account).setIntegrationUserId("77").build();
    ActionRequested request = now(Requests.of(ActionKind.CHANGE_STAGE, "a"));
    send(request);

    kommo.moved("100", "143", "5");

    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void aLeadThatSomebodyElseMovedThereAndOnWasNotMovedByUs() throws Exception {
    account = AccountRow.newBuilder(account).setIntegrationUserId("77").build();
    kommo.moved("100", "142", "5");
    kommo.moved("100", "143", "5");

    assertThat(read(now(Requests.of(ActionKind.CHANGE_STAGE, "a"))).kind())
        .isEqualTo(ReadResult.Kind.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE_TASK, CONTACT",
    "CREATE_TASK, COMPANY",
    "ADD_NOTE, CONTACT",
    "ADD_NOTE, CUSTOMER",
  })
  void whatWasAddedToOthersThanLeadsIsFoundAndOnlyThen(ActionKind kind, EntityType subject)
      throws Exception {
    ActionRequested request = now(Requests.builder(kind, "a").setSubjectType(subject).build());
    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.ABSENT);

    send(request);

    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void whatCanHaveNoNotesHasNone() throws Exception {
    ActionRequested request =
        Requests.builder(ActionKind.ADD_NOTE, "a").setSubjectType(EntityType.TALK).build();

    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.ABSENT);
    assertThat(send(request).kind()).isEqualTo(SendResult.Kind.DENIED);
  }

  @Test
  void fieldsAreCompared() throws Exception {
    assertThat(read(Requests.of(ActionKind.UPDATE_FIELD, "a")).kind())
        .isEqualTo(ReadResult.Kind.FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "checkbox, true, true",
    "checkbox, 1, true",
    "checkbox, 0, false",
    "checkbox, да, true",
    "checkbox, Off, false",
    "date, 1893456000, 1893456000",
    "date, 2030-01-01, 1893445200",
    "date_time, 2030-01-01T03:00:00, 1893456000",
    "date_time, 1893456000, 1893456000",
    "date_time, 2030-01-01 03:00, 1893456000",
    "date_time, 01.01.2030 03:00, 1893456000",
    "birthday, 12.01.1980, 316472400",
    "text, 1, '\"1\"'",
    "text, 2030-01-01, '\"2030-01-01\"'",
  })
  void aTextBecomesWhatItsFieldTakesAndIsFoundAsThat(String type, String text, String sent)
      throws Exception {
    kommo.hasField("600", type);
    ActionRequested request = write(new FieldWrite(null, "600", null, List.of(value(text))));
    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.ABSENT);

    assertThat(send(request).kind()).isEqualTo(SendResult.Kind.DONE);

    assertThat(kommo.writes().get(0).body()).contains("\"values\":[{\"value\":" + sent + "}]");
    assertThat(read(request).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void anAccountIsAskedOnceWhatItsFieldsAreAndOnlyWhenATextMayBeSomethingElse() throws Exception {
    kommo.hasField("600", "checkbox");
    send(write(new FieldWrite(null, "575809", null, List.of(value("words")))));
    assertThat(kommo.requestTimes()).hasSize(1);
    send(write(new FieldWrite(null, "600", null, List.of(value("1")))));
    assertThat(kommo.requestTimes()).hasSize(3);

    send(write(new FieldWrite(null, null, "F600", List.of(value("true")))));

    assertThat(kommo.requestTimes()).hasSize(4);
    assertThat(kommo.writes().get(2).body())
        .contains("\"field_code\":\"F600\",\"values\":[{\"value\":true}]");
  }

  @Test
  void amongOthersAFieldGetsWhatItTakesToo() throws Exception {
    kommo.hasField("600", "checkbox");
    ActionRequested flag = write(new FieldWrite(null, "600", null, List.of(value("1"))));

    transport
        .sendTogether(
            List.of(flag, ActionRequested.newBuilder(flag).setSubjectId("200").build()),
            Means.of(Requests.tenant().build(), account))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    assertThat(kommo.writes().get(0).path()).isEqualTo("/leads");
    assertThat(kommo.writes().get(0).body())
        .contains("[{\"value\":true}]")
        .doesNotContain("\"1\"}]");
  }

  @Test
  void aStandardMomentMayBeSaidAsADay() throws Exception {
    ActionRequested request =
        write(new FieldWrite("closed_at", null, null, List.of(value("2030-01-01"))));

    assertThat(send(request).kind()).isEqualTo(SendResult.Kind.DONE);

    assertThat(kommo.writes().get(0).body()).isEqualTo("{\"closed_at\":1893445200}");
  }

  @Test
  void anOlderTraceOfTheSameTextIsNotTakenForOurs() throws Exception {
    ActionRequested request = Requests.of(ActionKind.ADD_NOTE, "a");
    send(request);

    ReadResult result =
        transport
            .read(
                request,
                Means.of(Requests.tenant().build(), account),
                System.currentTimeMillis() + 60_000)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);

    assertThat(result.kind()).isEqualTo(ReadResult.Kind.ABSENT);
  }

  @Test
  void aMessageWithoutATalkGoesToTheOpenTalkOfTheLeadsContact() throws Exception {
    assertThat(send(withoutTalk()).kind()).isEqualTo(SendResult.Kind.DONE);

    assertThat(kommo.writes().get(0).path()).isEqualTo("/talks/55/send_message");
    assertThat(kommo.requestTimes()).hasSize(3);
  }

  @Test
  void aMessageIsFoundInATalkThatWasClosedSinceAndNotSaidAgainInANewerOne() throws Exception {
    ActionRequested request = now(withoutTalk());
    kommo.next(Mishap.DONE_AND_DROPPED);
    assertThat(send(request).kind()).isEqualTo(SendResult.Kind.UNCLEAR);

    kommo.talk("56", true, 0);
    assertThat(read(request).kind()).as("a newer talk").isEqualTo(ReadResult.Kind.FOUND);
    kommo.talk("55", false, System.currentTimeMillis() / 1000);
    assertThat(read(request).kind()).as("and closed").isEqualTo(ReadResult.Kind.FOUND);
    kommo.talk("56", false, System.currentTimeMillis() / 1000);
    assertThat(read(request).kind()).as("none is open").isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void whereNoTalkWasOpenNothingWasSaid() throws Exception {
    kommo.talk("55", false, 1_000_000_000);

    assertThat(read(now(withoutTalk())).kind()).isEqualTo(ReadResult.Kind.ABSENT);
    assertThat(kommo.requestTimes()).as("the lead and its contact's talks").hasSize(2);
  }

  @Test
  void whoseTalksToReadMustBeKnown() throws Exception {
    kommo.leaveAlone("100");

    assertThat(read(now(withoutTalk())).kind()).isEqualTo(ReadResult.Kind.UNREADABLE);
    assertThat(send(withoutTalk()).reason()).isEqualTo(Reason.TALK_UNKNOWN);
  }

  @Test
  void aMessageToSomethingThatHasNoTalkIsDenied() throws Exception {
    ActionRequested request =
        Requests.builder(ActionKind.SEND_MESSAGE, "a")
            .setSubjectType(EntityType.COMPANY)
            .setSendMessage(new SendMessage("Hi", null))
            .build();

    SendResult result = send(request);

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.reason()).isEqualTo(Reason.TALK_UNKNOWN);
  }

  @Test
  void onlyLeadsHaveStages() throws Exception {
    ActionRequested request =
        Requests.builder(ActionKind.CHANGE_STAGE, "a").setSubjectType(EntityType.CONTACT).build();

    assertThat(send(request).kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(kommo.writes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DONE_AND_DROPPED, UNCLEAR, CONNECTION_LOST, 1",
    "DROPPED, UNCLEAR, CONNECTION_LOST, 0",
    "TOO_MANY, LIMITED, RATE_LIMITED, 0",
    "UNAVAILABLE, NOT_DONE, SERVER_ERROR, 0",
  })
  void mishapsAreToldApart(Mishap mishap, SendResult.Kind kind, Reason reason, int writes)
      throws Exception {
    kommo.next(mishap);

    SendResult result = send(Requests.of(ActionKind.CREATE_TASK, "a"));

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(kommo.writes()).hasSize(writes);
  }

  @Test
  void aRetryAfterIsPassedOn() throws Exception {
    kommo.next(Mishap.TOO_MANY);

    assertThat(send(Requests.of(ActionKind.CREATE_TASK, "a")).retryAfterMillis()).isEqualTo(1000);
  }

  @Test
  void anAccountWithoutATokenIsToldSo() throws Exception {
    account =
        Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).setTokenReference("store").build();

    SendResult result = send(Requests.of(ActionKind.CREATE_TASK, "a"));

    assertThat(result.reason()).isEqualTo(Reason.CREDENTIALS_MISSING);
    assertThat(kommo.writes()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereHasDoneNothing() throws Exception {
    account = Requests.account().setApiBaseUrl("http://127.0.0.1:1/kommo/acme").build();

    SendResult result = send(Requests.of(ActionKind.CREATE_TASK, "a"));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.NOT_DONE);
    assertThat(result.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
  }

  private SendResult send(ActionRequested request) throws Exception {
    return transport
        .send(request, Means.of(Requests.tenant().build(), account))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private ReadResult read(ActionRequested request) throws Exception {
    return transport
        .read(
            request,
            Means.of(Requests.tenant().build(), account),
            System.currentTimeMillis() - 10_000)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static ActionRequested write(FieldWrite write) {
    return Requests.builder(ActionKind.UPDATE_FIELD, "a")
        .setUpdateField(new UpdateField(List.of(write)))
        .build();
  }

  private static ActionRequested withoutTalk() {
    return Requests.builder(ActionKind.SEND_MESSAGE, "a")
        .setSendMessage(new SendMessage("Hi", null))
        .build();
  }

  private static FieldValue value(String text) {
    return new FieldValue(text, null, null);
  }

  private static ActionRequested now(ActionRequested request) {
    return ActionRequested.newBuilder(request).setFiredAt(System.currentTimeMillis()).build();
  }
}
