package io.voronka.infra.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.infra.local.imports.ImportException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PatientReadsTest {
  private final ManualTime time = new ManualTime();
  private final List<String> notes = new ArrayList<>();
  private final Deque<CrmReply<String>> replies = new ArrayDeque<>();
  private final PatientReads reads = new PatientReads(Pacer.perSecond(2), time, time, notes::add);

  @Test
  void aRetryAfterIsWaitedOutAsLongAsItSays() {
    replies.add(CrmReply.failed(tooMany(Duration.ofSeconds(7))));
    replies.add(CrmReply.of("leads"));

    assertThat(read()).isEqualTo("leads");

    assertThat(time.rests()).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
    assertThat(notes).singleElement().asString().contains("waiting 7 s", "too-many-requests");
  }

  @Test
  void afterTooManyRequestsThePaceIsHalved() {
    replies.add(CrmReply.failed(tooMany(Duration.ofSeconds(1))));
    replies.add(CrmReply.of("a"));
    replies.add(CrmReply.of("b"));
    read();
    read();

    assertThat(time.rests())
        .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void otherTroubleIsWaitedOutForGrowingTimes() {
    Stream.of(Kind.SERVER_ERROR, Kind.TIMEOUT, Kind.CONNECTION)
        .forEach(kind -> replies.add(CrmReply.failed(CrmFailure.uncertain(kind, 0, "x"))));
    replies.add(CrmReply.of("leads"));

    read();

    assertThat(time.rests())
        .containsExactly(
            Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void tenFailuresInARowEndTheImport() {
    for (int i = 0; i < 10; i++) {
      replies.add(CrmReply.failed(CrmFailure.uncertain(Kind.SERVER_ERROR, 503, "down")));
    }

    ImportException ended = catchThrowableOfType(ImportException.class, this::read);

    assertThat(ended.reason()).isEqualTo(Reason.CRM_UNAVAILABLE);
    assertThat(ended).hasMessageContaining("10 attempts").hasMessageContaining("down");
    assertThat(replies).isEmpty();
  }

  @Test
  void aVendorThatWantsAnHourIsLeftAlone() {
    replies.add(CrmReply.failed(tooMany(Duration.ofHours(1))));

    ImportException ended = catchThrowableOfType(ImportException.class, this::read);

    assertThat(ended.reason()).isEqualTo(Reason.TOLD_TO_WAIT);
    assertThat(ended).hasMessageContaining("60 minutes");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {
        "UNAUTHORIZED",
        "RECONNECT_NEEDED",
        "PAYMENT_REQUIRED",
        "FORBIDDEN",
        "NOT_FOUND",
        "INVALID",
        "UNEXPECTED_ANSWER"
      })
  void whatDoesNotPassByItselfEndsTheImportAtOnce(Kind kind) {
    replies.add(CrmReply.failed(CrmFailure.before(kind, 400, "no")));

    ImportException ended = catchThrowableOfType(ImportException.class, this::read);

    assertThat(ended.reason()).isIn(Reason.ACCESS_REFUSED, Reason.ANSWER_NOT_BELIEVED);
    assertThat(ended).hasMessageContaining("leads of acme/main").hasMessageContaining("no");
    assertThat(time.rests()).hasSize(1);
  }

  private String read() {
    return reads.read(
        "leads of acme/main", () -> CompletableFuture.completedFuture(replies.remove()));
  }

  private static CrmFailure tooMany(Duration wait) {
    return new CrmFailure(Kind.TOO_MANY_REQUESTS, 429, "Too Many Requests", List.of(), wait, false);
  }
}
