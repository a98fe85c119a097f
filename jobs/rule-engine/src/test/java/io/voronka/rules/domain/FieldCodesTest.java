package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.T0;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.FieldValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vendor sends a field's id always, and its code when it likes. */
class FieldCodesTest {
  private static final FieldCatalogue CATALOGUE =
      FieldCatalogue.of(
          List.of(
              FieldRow.newBuilder()
                  .setTenantId("acme")
                  .setAccountId("kommo-1")
                  .setEntityType(EntityType.LEAD)
                  .setFieldId("5")
                  .setCode("SIZE")
                  .setName("Size")
                  .setType("text")
                  .setChoices(List.of())
                  .build()));

  private static FieldValue text(String text) {
    return new FieldValue(text, null, null);
  }

  @Test
  void aChangeIsSeenThoughTheHookLeavesOutTheCode() {
    String changed =
        "{'field_value': {'field_code': 'SIZE', 'operator': 'changed_to', 'value': 'L'}}";

    Deciding told = Deciding.when(changed).after(updated("a").custom("5", "SIZE", text("S")));
    assertThat(told.after(updated("b").at(1).custom("5", null, text("L"))).fired())
        .as("an earlier hook has told it")
        .isTrue();

    Deciding known = Deciding.when(changed).by(CATALOGUE);
    known.after(updated("a").custom("5", null, text("S")));
    assertThat(known.after(updated("b").at(1).custom("5", null, text("L"))).fired())
        .as("the catalogue knows it")
        .isTrue();
  }

  @Test
  void aWaitForADateIsFoundThoughNoHookSendsTheCode() {
    Deciding deciding =
        Deciding.by(Deciding.waiting("r", "{'time_elapsed': {'field_code': 'SIZE'}}"))
            .by(CATALOGUE);

    deciding.after(updated("a").custom("5", null, text(Long.toString(T0 / 1000 + 60))));

    assertThat(deciding.pass(60).firedAt()).containsExactly(60L);
  }

  @Test
  void anEchoIsKnownThoughTheHookLeavesOutTheCode() {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
                  {'key': 'w', 'update_field': {'writes': [{'field_code': 'SIZE', 'value': 'L'}]}}]}
                """)
            .integrationUser("77")
            .after(updated("a").custom("5", "SIZE", text("S")));

    deciding.after(updated("echo").at(1).custom("5", null, text("L")).by("77"));

    assertThat(deciding.actions().get(0).getChainDepth()).isEqualTo(2);
  }

  @Test
  void aTextKnowsTheCodeThatOnlyTheCatalogueHas() {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
                  {'key': 'n', 'add_note': {'text': '{{ lead.code.SIZE }}{{ contact.code.SIZE | default: contact.id | default: 5 }}'}}]}
                """)
            .fieldIds(Map.of("SIZE", "5"));

    deciding.after(updated("a").custom("5", null, text("L")));

    assertThat(deciding.actions().get(0).getAddNote().getText()).isEqualTo("L5");
  }

  @Test
  void anEchoIsKnownByTheCodeThatOnlyTheCatalogueHas() {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
                  {'key': 'w', 'update_field': {'writes': [{'field_code': 'SIZE', 'value': 'L'}]}}]}
                """)
            .integrationUser("77")
            .fieldIds(Map.of("SIZE", "5"))
            .after(updated("a"));

    deciding.after(updated("echo").at(1).custom("5", null, text("L")).by("77"));

    assertThat(deciding.actions().get(0).getChainDepth()).isEqualTo(2);
  }
}
