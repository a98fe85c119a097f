package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmFailure.ValidationError;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.WrittenLeads;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answer to a write of several leads says about each. */
final class LeadBatchTest {
  private static final List<LeadChange> THREE =
      List.of(
          LeadChange.tags("100", List.of("vip")),
          LeadChange.tags("200", List.of("vip")),
          LeadChange.tags("300", List.of("vip")));

  @Test
  void eachKindBecomesAChangeOfItsLead() {
    assertThat(LeadBatch.change(Requests.of(ActionKind.CHANGE_STAGE, "a")))
        .isEqualTo(LeadChange.stage("100", "142", "7"));
    assertThat(LeadBatch.change(Requests.of(ActionKind.ADD_TAGS, "a")))
        .isEqualTo(LeadChange.tags("100", List.of("vip")));
    assertThat(LeadBatch.change(Requests.of(ActionKind.UPDATE_FIELD, "a")).fields()).hasSize(1);
    assertThatThrownBy(() -> LeadBatch.change(Requests.of(ActionKind.ADD_NOTE, "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLeadThatTheAnswerDoesNotNameIsAskedForByItself() {
    List<SendResult> results =
        LeadBatch.results(THREE, CrmReply.of(new WrittenLeads(Set.of("100", "300"), 200)));

    assertThat(kinds(results))
        .containsExactly(SendResult.Kind.DONE, SendResult.Kind.APART, SendResult.Kind.DONE);
    assertThat(results.get(0)).isEqualTo(SendResult.done(200, "100"));
  }

  @Test
  void theLeadThatTheVendorNamesGoesApartAndTheOthersTogetherAgain() {
    CrmFailure failure =
        new CrmFailure(
            Kind.INVALID,
            400,
            "Bad Request",
            List.of(new ValidationError("1", "NotSupportedChoice", "status_id", "no")),
            null,
            false);

    assertThat(kinds(LeadBatch.results(THREE, CrmReply.failed(failure))))
        .containsExactly(SendResult.Kind.AGAIN, SendResult.Kind.APART, SendResult.Kind.AGAIN);
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "INVALID, 422", "NOT_FOUND, 404", "FORBIDDEN, 403"})
  void aRefusalThatNamesNobodySendsAllApart(Kind kind, int status) {
    CrmReply<WrittenLeads> reply = CrmReply.failed(CrmFailure.before(kind, status, "no"));

    assertThat(kinds(LeadBatch.results(THREE, reply))).containsOnly(SendResult.Kind.APART);
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY_REQUESTS, 429, false, LIMITED",
    "SERVER_ERROR, 503, true, NOT_DONE",
    "SERVER_ERROR, 504, true, UNCLEAR",
    "TIMEOUT, 0, true, UNCLEAR",
    "CONNECTION, 0, false, NOT_DONE",
    "UNAUTHORIZED, 401, false, DENIED",
    "PAYMENT_REQUIRED, 402, false, DENIED",
    "ADDRESS_BLOCKED, 403, false, LIMITED",
  })
  void whatIsAboutNoneOfThemIsSaidToEach(
      Kind kind, int status, boolean mayHaveHappened, SendResult.Kind result) {
    CrmFailure failure =
        mayHaveHappened
            ? CrmFailure.uncertain(kind, status, "x")
            : CrmFailure.before(kind, status, "x");

    assertThat(kinds(LeadBatch.results(THREE, CrmReply.failed(failure))))
        .hasSize(3)
        .containsOnly(result);
  }

  private static List<SendResult.Kind> kinds(List<SendResult> results) {
    return results.stream().map(SendResult::kind).toList();
  }
}
