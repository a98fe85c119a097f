package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.Recipient;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Clients who say stop, by a word or by a mail's link. */
final class HearingOperatorTest {
  private static final long NOW = Requests.NOW;
  private final HandTransport transport = new HandTransport();

  @Test
  void aClientWhoSaysStopIsNotWrittenToFromTheNextActionOn() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(message("before", "7"));
      executor.heard(Requests.heard("СТОП", NOW));

      executor.request(message("after", "7"));
      executor.request(message("another", "8"));

      assertThat(transport.sent()).containsExactly("before", "another");
      assertRefused(executor, "after");
    }
  }

  @Test
  void whatWaitsIsRefusedToo() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setEffectsPaused(true).build());
      executor.request(message("waits", "7"));
      executor.heard(Requests.heard("stop", NOW));

      executor.control(2, Requests.account().build());

      assertThat(transport.sent()).isEmpty();
      assertRefused(executor, "waits");
    }
  }

  @Test
  void theFactIsToldOnceWithItsCause() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.heard(Requests.heard("Отписаться", NOW));
      executor.heard(Requests.heard("stop", NOW + 1));
      executor.heard(Requests.heard("спасибо", NOW + 2));

      assertThat(executor.optOuts())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.getTenantId()).isEqualTo("acme");
                assertThat(told.getRecipient()).isEqualTo("contact:main/7");
                assertThat(told.getWay()).isEqualTo("word");
                assertThat(told.getAt()).isEqualTo(NOW);
                assertThat(told.getCause()).isEqualTo("heard-" + NOW);
                assertThat(told.getUndone()).isFalse();
              });
    }
  }

  @Test
  void whatIsSaidBeforeTheTenantsWordsAreKnownIsHeardThenAlsoAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.heard(Requests.heard("stop", NOW));
      assertThat(executor.optOuts()).isEmpty();
      state = executor.snapshot(1);
    }
    try (ExecutorHarness executor = ExecutorHarness.restore(transport, state, NOW + 1000)) {
      executor.control(1, Requests.account().build());

      assertThat(executor.optOuts())
          .extracting(OptOutRow::getRecipient)
          .containsOnly("contact:main/7");
      // Asked for after the restart: nobody can have sent it before.
      executor.timeIs(NOW + 120_000);
      executor.request(
          ActionRequested.newBuilder(message("after", "7")).setFiredAt(NOW + 120_000).build());
      assertRefused(executor, "after");
    }
  }

  @Test
  void whatAnotherSubtaskOrTheGatewayHasHeardCountsHereForMailsAndSalesbotsToo() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.control(
          heard(HeardOptOuts.said("acme", "contact:main/7", HeardOptOuts.LINK, NOW, "action")));

      for (ActionKind kind : List.of(ActionKind.SEND_MESSAGE, ActionKind.RUN_SALESBOT)) {
        executor.request(to("7", kind, kind.name()));
        assertRefused(executor, kind.name());
      }
      assertThat(transport.sent()).isEmpty();
    }
  }

  @Test
  void onceItIsTakenBackOnlyANewWordCounts() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.heard(Requests.heard("stop", NOW));
      executor.control(heard(HeardOptOuts.undone("acme", "contact:main/7", NOW + 10)));
      executor.request(message("allowed", "7"));
      assertThat(transport.sent()).containsExactly("allowed");

      // The same webhook is put in once more
      executor.heard(Requests.heard("stop", NOW));
      executor.request(message("still", "8"));
      assertThat(executor.optOuts()).hasSize(1);

      executor.heard(Requests.heard("stop", NOW + 20));
      executor.request(message("refused", "7"));
      assertRefused(executor, "refused");
    }
  }

  private static ControlUpdate heard(ControlChange change) {
    return new ControlUpdate(ControlTable.HEARD_OPT_OUTS, ControlKeys.of(change), change);
  }

  private static ActionRequested message(String id, String contact) {
    return to(contact, ActionKind.SEND_MESSAGE, id);
  }

  private static ActionRequested to(String contact, ActionKind kind, String id) {
    return Requests.builder(kind, id)
        .setSubjectId("100" + id.hashCode())
        .setRecipient(new Recipient(contact, List.of()))
        .build();
  }

  private static void assertRefused(ExecutorHarness executor, String id) {
    assertThat(executor.outcomes())
        .filteredOn(completed -> completed.getActionId().equals(id))
        .extracting(ActionCompleted::getReason)
        .containsExactly("opted-out");
  }
}
