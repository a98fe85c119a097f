package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several leads read in one request: each action is told what a read of its own would tell. */
final class LeadsTogetherTest {
  private static final long SINCE = 1_500_000_000_000L;

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

  @Test
  void eachIsToldWhatAReadOfItsOwnTells() throws Exception {
    List<ActionRequested> requests =
        List.of(
            about(ActionKind.ADD_TAGS, "100"),
            about(ActionKind.ADD_TAGS, "200"),
            about(ActionKind.CHANGE_STAGE, "300"),
            about(ActionKind.CHANGE_STAGE, "400"),
            about(ActionKind.UPDATE_FIELD, "500"),
            about(ActionKind.UPDATE_FIELD, "600"));
    send(requests.get(0));
    send(requests.get(2));
    kommo.delete("600");
    int before = kommo.requestTimes().size();

    List<ReadResult> together = readTogether(requests);

    assertThat(kommo.requestTimes()).hasSize(before + 1);
    assertThat(together)
        .extracting(ReadResult::kind)
        .containsExactly(
            ReadResult.Kind.FOUND,
            ReadResult.Kind.ABSENT,
            ReadResult.Kind.FOUND,
            ReadResult.Kind.ABSENT,
            ReadResult.Kind.FOUND,
            ReadResult.Kind.ABSENT);
    List<ReadResult> alone = new ArrayList<>();
    for (ActionRequested request : requests) {
      alone.add(read(request));
    }
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void whereLeadsHaveBeenIsAskedOnceForAll() throws Exception {
    List<ActionRequested> requests =
        List.of(
            about(ActionKind.CHANGE_STAGE, "100"),
            about(ActionKind.CHANGE_STAGE, "200"),
            about(ActionKind.CHANGE_STAGE, "300"),
            about(ActionKind.CHANGE_STAGE, "400"));
    send(requests.get(0));
    send(requests.get(1));
    kommo.moved("100", "143", "5");
    kommo.moved("200", "143", "5");
    kommo.moved("300", "143", "5");
    int before = kommo.requestTimes().size();

    assertThat(readTogether(requests))
        .extracting(ReadResult::kind)
        .containsExactly(
            ReadResult.Kind.FOUND,
            ReadResult.Kind.FOUND,
            ReadResult.Kind.ABSENT,
            ReadResult.Kind.ABSENT);
    assertThat(kommo.requestTimes()).hasSize(before + 2);
  }

  @Test
  void whereNoneIsThereAllAreAbsent() throws Exception {
    kommo.delete("100");
    kommo.delete("200");

    assertThat(
            readTogether(
                List.of(about(ActionKind.ADD_TAGS, "100"), about(ActionKind.ADD_TAGS, "200"))))
        .containsExactly(ReadResult.absent(), ReadResult.absent());
  }

  @Test
  void fiftyLeadsFitIntoOneRequest() throws Exception {
    List<ActionRequested> requests = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      requests.add(about(ActionKind.UPDATE_FIELD, "" + (20_100_500_000L + i)));
    }

    assertThat(readTogether(requests))
        .hasSize(50)
        .allMatch(result -> result.kind() == ReadResult.Kind.FOUND);
  }

  @Test
  void aReadThatFailsFailsForEach() throws Exception {
    account = Requests.account().setApiBaseUrl("http://127.0.0.1:1/kommo/acme").build();

    assertThat(
            readTogether(
                List.of(about(ActionKind.ADD_TAGS, "100"), about(ActionKind.ADD_TAGS, "200"))))
        .hasSize(2)
        .allMatch(result -> result.kind() == ReadResult.Kind.FAILED)
        .allMatch(result -> result.reason() == Reason.CONNECTION_REFUSED);
  }

  @Test
  void anIdThatNoLeadCanHaveSpoilsNothingForTheOthers() throws Exception {
    assertThat(
            readTogether(
                List.of(about(ActionKind.ADD_TAGS, "100"), about(ActionKind.ADD_TAGS, "odd"))))
        .hasSize(2)
        .allMatch(result -> result.kind() == ReadResult.Kind.APART);
    assertThat(kommo.requestTimes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, 400, APART",
    "NOT_FOUND, 404, APART",
    "UNEXPECTED_ANSWER, 200, APART",
    "TOO_MANY_REQUESTS, 429, LIMITED",
    "ADDRESS_BLOCKED, 403, LIMITED",
    "SERVER_ERROR, 504, FAILED",
    "TIMEOUT, 0, FAILED",
    "UNAUTHORIZED, 401, UNREADABLE",
    "PAYMENT_REQUIRED, 402, UNREADABLE",
  })
  void whatMayBeTheFaultOfOneIsAskedAgainForEach(
      CrmFailure.Kind kind, int status, ReadResult.Kind result) {
    assertThat(CrmResults.sharedReadFailed(CrmFailure.before(kind, status, "no")).kind())
        .isEqualTo(result);
  }

  private static ActionRequested about(ActionKind kind, String lead) {
    return Requests.builder(kind, kind + "-" + lead).setSubjectId(lead).build();
  }

  private void send(ActionRequested request) throws Exception {
    transport
        .send(request, Means.of(Requests.tenant().build(), account))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private ReadResult read(ActionRequested request) throws Exception {
    return transport
        .read(request, Means.of(Requests.tenant().build(), account), SINCE)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private List<ReadResult> readTogether(List<ActionRequested> requests) throws Exception {
    return transport
        .readTogether(
            requests.stream().map(request -> new Look(request, SINCE)).toList(),
            Means.of(Requests.tenant().build(), account))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }
}
