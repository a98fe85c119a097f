package io.voronka.jobs.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReachLeadsOperatorTest {
  private static final long T0 = 1_760_000_000_000L;

  private static KeyedOneInputStreamOperatorTestHarness<String, EncodedEvent, EncodedEvent> harness(
      OperatorSubtaskState state) throws Exception {
    ReachLeads function =
        new ReachLeads(
            KafkaSettings.of("127.0.0.1:1", "evaluate-rules"),
            Duration.ofSeconds(1),
            Duration.ofDays(400));
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), EncodedEvent::subject, Types.STRING);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static EncodedEvent contact(String id, long occurredAt, String... leads) {
    CrmEvent event =
        CrmEvent.newBuilder()
            .setId(id)
            .setKind(EventKind.CONTACT_UPDATED)
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setEntityType(EntityType.CONTACT)
            .setEntityId("9")
            .setSubjectType(EntityType.CONTACT)
            .setSubjectId("9")
            .setReceivedAt(T0 + 10_000)
            .setOccurredAt(occurredAt)
            .setLinks(Stream.of(leads).map(lead -> new EntityRef(EntityType.LEAD, lead)).toList())
            .build();
    return new EncodedEvent(
        Subject.of(event).key(),
        RecordCodec.of(CrmEvent.class).encode(event),
        event.getReceivedAt(),
        0,
        5);
  }

  private static List<CrmEvent> out(
      KeyedOneInputStreamOperatorTestHarness<String, EncodedEvent, EncodedEvent> harness) {
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    return harness.extractOutputValues().stream().map(e -> codec.decode(e.value())).toList();
  }

  @Test
  void eachLinkedLeadIsToldWithAnIdOfItsOwn() throws Exception {
    try (var job = harness(null)) {
      job.processElement(contact("e1", T0, "7", "8"), T0);

      assertThat(job.extractOutputValues())
          .extracting(EncodedEvent::subject)
          .containsExactly("acme|kommo-1|LEAD|7", "acme|kommo-1|LEAD|8");
      assertThat(out(job)).extracting(CrmEvent::getEntityId).containsOnly("9");
      assertThat(out(job)).extracting(CrmEvent::getId).doesNotHaveDuplicates();
      assertThat(job.extractOutputValues())
          .extracting(EncodedEvent::recordedAt)
          .containsOnly(T0 + 10_000);
    }
  }

  @Test
  void aHookWithoutLinksReachesTheLeadsThatWereToldBeforeAlsoAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (var job = harness(null)) {
      job.processElement(contact("e1", T0, "7"), T0);
      state = job.snapshot(1, 1);
    }
    try (var job = harness(state)) {
      job.processElement(contact("e2", T0 + 1000), T0);
      job.processElement(contact("late", T0 - 1000, "5"), T0);
      job.processElement(contact("e3", T0 + 2000, "8"), T0);
      job.processElement(contact("e4", T0 + 3000), T0);

      assertThat(out(job))
          .extracting(CrmEvent::getSubjectId)
          .as("the lead that it leaves hears of that, and of nothing after it")
          .containsExactly("7", "7", "7", "8", "8");
    }
  }

  @Test
  void withoutALeadTheContactIsItsOwnSubject() throws Exception {
    try (var job = harness(null)) {
      job.processElement(contact("e1", T0), T0);

      assertThat(out(job)).extracting(CrmEvent::getId).containsExactly("e1");
      assertThat(out(job)).extracting(CrmEvent::getSubjectType).containsExactly(EntityType.CONTACT);
    }
  }
}
