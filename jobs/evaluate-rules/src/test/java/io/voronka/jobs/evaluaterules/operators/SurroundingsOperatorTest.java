package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.complete;
import static io.voronka.jobs.evaluaterules.ControlRows.field;
import static io.voronka.jobs.evaluaterules.ControlRows.names;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.user;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.contact;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What texts name besides the lead and its event, as it is in the requested actions. */
class SurroundingsOperatorTest {
  private static final String LETTER =
      """
      {'id': 'letter', %s 'trigger': {'event': 'lead_updated'},
       'actions': [{'key': 'n', 'add_note': {'text':
         '{{contact.id | default: \\'-\\'}} {{contact.name | default: \\'-\\'}} {{contact.code.PHONE | default: \\'-\\'}}\
      ; {{agent.id | default: \\'-\\'}} {{agent.name | default: \\'-\\'}}\
      ; {{tenant.name}} {{account.subdomain}}\
      ; {{lead.stage.name | default: \\'-\\'}} {{lead.pipeline.name | default: \\'-\\'}} {{lead.responsible.name | default: \\'-\\'}}\
      ; {{lead.price | money: \\'USD\\'}}'}}]}
      """;

  private static ControlUpdate[] rows(String agent, ControlUpdate... others) {
    return whole(
        Stream.concat(
                Stream.of(
                    tenant(true),
                    account(true),
                    rule("letter", 1, LETTER.formatted(agent).replace("\\'", "\\\"")),
                    ruleSet(1, T0, "letter:1")),
                Stream.of(others))
            .toArray(ControlUpdate[]::new));
  }

  private static CrmEvent updated(String id, long at) {
    CrmEvent event = lead(EventKind.LEAD_UPDATED, id, "7", at, "142", "1500");
    event.getFields().put("responsible_user_id", "501");
    return event;
  }

  /** As reach-leads tells the lead of it. */
  private static CrmEvent reached(CrmEvent contact) {
    return CrmEvent.newBuilder(contact)
        .setId(contact.getId() + "-7")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId("7")
        .build();
  }

  private static List<String> texts(JudgeHarness job) {
    return job.actions().stream()
        .map(ActionRequested::getAddNote)
        .map(note -> note.getText())
        .toList();
  }

  @Test
  void allThatIsKnownIsInTheText() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("'agent': 'seller',", names()))) {
      job.events(reached(contact("c1", "Anna", "+7 1", T0 + 500)), updated("e1", T0 + 1000));

      assertThat(texts(job))
          .containsExactly("31 Anna +7 1; seller Vera; Acme acme; Won Sales Oleg; $1,500");
    }
  }

  @Test
  void whatIsNotKnownHasItsDefault() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(""))) {
      job.events(updated("e1", T0 + 1000));

      assertThat(texts(job)).containsExactly("- - -; - -; Acme acme; - - -; $1,500");
    }
  }

  @Test
  void aContactIsStillKnownAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("", names()))) {
      job.events(reached(contact("c1", "Anna", "+7 1", T0 + 500)));
      state = job.snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows("", names()))) {
      job.events(updated("e1", T0 + 1000));

      assertThat(texts(job)).singleElement().asString().startsWith("31 Anna +7 1; - -;");
    }
  }

  @Test
  void aChangedNameCountsAtOnceAndARowThatIsGoneIsUnknown() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows("", names()))) {
      job.events(updated("e1", T0 + 1000));
      job.control(user("501", "Olga")).events(updated("e2", T0 + 2000));
      job.control(complete(ControlTable.USERS, 0, 2)).events(updated("e3", T0 + 3000));

      assertThat(texts(job))
          .extracting(text -> text.split("; ")[3])
          .containsExactly("Won Sales Oleg", "Won Sales Olga", "Won Sales -");
    }
  }

  @Test
  void aTextKnowsAFieldByTheCodeThatOnlyTheCatalogueHas() throws Exception {
    String sized =
        """
        {'id': 'sized', 'trigger': {'event': 'lead_updated'},
         'actions': [{'key': 'n', 'add_note': {'text': '{{lead.code.SIZE | default: 5}}'}}]}
        """;
    ControlUpdate[] rows =
        whole(
            tenant(true),
            account(true),
            rule("sized", 1, sized),
            ruleSet(1, T0, "sized:1"),
            field("600001", "SIZE", "text", T0));
    try (JudgeHarness job = JudgeHarness.fresh().control(rows)) {
      CrmEvent event = updated("e1", T0 + 1000);
      event.setCustomFields(
          List.of(
              new CustomField("600001", null, "Size", List.of(new FieldValue("XL", null, null)))));
      job.events(event);

      assertThat(texts(job)).containsExactly("XL");
    }
  }
}
