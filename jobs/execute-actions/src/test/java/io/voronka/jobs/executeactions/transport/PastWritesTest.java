package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.UpdateField;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody has put into a field since we wrote to it is not undone after a crash. */
final class PastWritesTest {
  private static final String US = "77";
  private static final String SOMEBODY = "5";

  private final ActionRequested request = write("575809", "ours");
  private KommoStandIn kommo;
  private CrmTransport transport;
  private Means means;

  @BeforeEach
  void start() throws Exception {
    kommo = KommoStandIn.start();
    means =
        Means.of(
            Requests.tenant().build(),
            Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).setIntegrationUserId(US).build());
    transport = CrmTransportFixture.open(name -> "the-token");
  }

  @AfterEach
  void stop() {
    transport.close();
    kommo.close();
  }

  @Test
  void aFieldThatWeWroteAndSomebodyHasChangedSinceIsLeftAsItIs() throws Exception {
    kommo.filled("100", "575809", "ours", US);
    kommo.filled("100", "575809", "theirs", SOMEBODY);

    assertThat(read(request, 0).kind()).isEqualTo(ReadResult.Kind.FOUND);
  }

  @Test
  void amongOthersToo() throws Exception {
    kommo.filled("100", "575809", "ours", US);
    kommo.filled("100", "575809", "theirs", SOMEBODY);
    kommo.filled("200", "575809", "theirs", SOMEBODY);
    ActionRequested other = ActionRequested.newBuilder(request).setSubjectId("200").build();

    List<ReadResult> results =
        transport
            .readTogether(
                List.of(new ActionTransport.Look(request, 0), new ActionTransport.Look(other, 0)),
                means)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    assertThat(results)
        .extracting(ReadResult::kind)
        .containsExactly(ReadResult.Kind.FOUND, ReadResult.Kind.ABSENT);
  }

  @Test
  void whatSomebodyElseWroteOrWeWroteEarlierOrElseIsNotOurWrite() throws Exception {
    kommo.filled("100", "575809", "ours", SOMEBODY);
    kommo.filled("100", "575809", "something else", US);
    kommo.filled("100", "600", "ours", US);
    kommo.filled("100", "575809", "theirs", SOMEBODY);
    assertThat(read(request, 0).kind()).isEqualTo(ReadResult.Kind.ABSENT);

    kommo.filled("100", "575809", "ours", US);
    kommo.filled("100", "575809", "theirs", SOMEBODY);
    assertThat(read(request, System.currentTimeMillis() + 60_000).kind())
        .isEqualTo(ReadResult.Kind.ABSENT);
  }

  @Test
  void theBookIsNotAskedAboutALeadThatNobodyHasTouched() throws Exception {
    assertThat(read(request, System.currentTimeMillis()).kind()).isEqualTo(ReadResult.Kind.ABSENT);

    assertThat(kommo.requestTimes()).hasSize(1);
  }

  private static ActionRequested write(String field, String value) {
    return Requests.builder(ActionKind.UPDATE_FIELD, "a")
        .setUpdateField(
            new UpdateField(
                List.of(
                    new FieldWrite(null, field, null, List.of(new FieldValue(value, null, null))))))
        .build();
  }

  private ReadResult read(ActionRequested wanted, long since) throws Exception {
    return transport.read(wanted, means, since).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
