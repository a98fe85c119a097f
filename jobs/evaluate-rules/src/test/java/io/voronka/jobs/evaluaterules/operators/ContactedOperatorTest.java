package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.contact;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Recipient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom requests are for, and what is asked of sequences. */
final class ContactedOperatorTest {

  private static ControlUpdate[] rows(String actions) {
    String definition =
        "{'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [%s]}".formatted(actions);
    return whole(tenant(true), account(true), rule("r", 1, definition), ruleSet(1, T0, "r:1"));
  }

  private static CrmEvent updated(long at) {
    return lead(EventKind.LEAD_UPDATED, "e" + at, "7", at, "142", "1500");
  }

  private static CrmEvent known() {
    CrmEvent contact = contact("c1", "Anna", "+7 999 123-45-67", T0 + 500);
    return CrmEvent.newBuilder(contact)
        .setId(contact.getId() + "-7")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId("7")
        .build();
  }

  @Test
  void aMessageIsForTheContactOfTheLeadAndANoteForNobody() throws Exception {
    String actions =
        "{'key': 'm', 'send_message': {'text': 'hi'}}, {'key': 'b', 'run_salesbot': {'bot': 9}},"
            + " {'key': 'n', 'add_note': {'text': 'x'}}";
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(actions))) {
      job.events(known(), updated(T0 + 1000));

      Recipient anna = new Recipient("31", List.of("+7 999 123-45-67"));
      assertThat(job.actions())
          .extracting(ActionRequested::getRecipient)
          .containsExactly(anna, anna, null);
    }
  }

  @Test
  void aMessageToALeadWhoseContactNobodyToldOfIsForNobodyKnown() throws Exception {
    String actions = "{'key': 'm', 'send_message': {'text': 'hi'}}";
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(actions))) {
      job.events(updated(T0 + 1000));

      assertThat(job.actions()).extracting(ActionRequested::getRecipient).containsOnlyNulls();
    }
  }

  @Test
  void aMailToAColleagueIsNotForTheClient() throws Exception {
    String actions =
        "{'key': 'm', 'send_email': {'sender': 's', 'to': 'boss@acme.test', 'subject': 'a', 'text': 'b'}}";
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(actions))) {
      job.events(known(), updated(T0 + 1000));

      assertThat(job.actions()).extracting(ActionRequested::getRecipient).containsOnlyNulls();
    }
  }

  @Test
  void aRunIsNamedByItsKeyWhichIsFilledWhenTheRuleFires() throws Exception {
    String actions =
        "{'key': 'go', 'start_sequence': {'sequence': 'offer', 'key': '{{ lead.price }}'}},"
            + " {'key': 'end', 'stop_sequence': {'sequence': 'offer', 'key': 'old'}}";
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(actions))) {
      job.events(updated(T0 + 1000));

      assertThat(job.commands())
          .extracting(CommandRequested::getRunKey)
          .containsExactly("1500", "old");
    }
  }

  @Test
  void sequencesAreAskedByCommandsUnderTheActionsId() throws Exception {
    String actions =
        "{'key': 'go', 'start_sequence': {'sequence': 'welcome'}}, {'key': 'end', 'stop_sequence': {'sequence': 'old'}}";
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(actions))) {
      job.events(updated(T0 + 1000));

      assertThat(job.actions()).isEmpty();
      List<String> ids = job.decided().get(0).getVerdicts().get(0).getActionIds();
      assertThat(job.commands()).extracting(CommandRequested::getCommandId).isEqualTo(ids);
      assertThat(job.commands())
          .extracting(CommandRequested::getKind)
          .containsExactly(CommandKind.START, CommandKind.STOP);
      CommandRequested start = job.commands().get(0);
      assertThat(start.getSequenceId()).isEqualTo("welcome");
      assertThat(start.getEntityType()).isEqualTo(EntityType.LEAD);
      assertThat(start.getEntityId()).isEqualTo("7");
      assertThat(start.getActor()).isEqualTo("rule:r");
      assertThat(start.getRequestedAt()).isEqualTo(T0 + 1000);
      assertThat(start.getNotAfter()).isEqualTo(updated(T0 + 1000).getOccurredAt() + 86_400_000L);
    }
  }
}
