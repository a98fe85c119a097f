package io.voronka.rules.parsing;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.List;

/** Reads what an example says of an account's custom fields: their types, by id or by code. */
final class CatalogueReading {
  private CatalogueReading() {}

  static FieldCatalogue read(Node catalogue, Subject subject) {
    List<FieldRow> rows = new ArrayList<>();
    catalogue
        .members()
        .forEach(
            (name, field) -> {
              CustomField named = SubjectEvents.customField(name, List.of());
              rows.add(
                  FieldRow.newBuilder()
                      .setTenantId(subject.tenantId())
                      .setAccountId(subject.accountId())
                      .setEntityType(EntityType.LEAD)
                      .setFieldId(named.getId())
                      .setCode(named.getCode())
                      .setName(name)
                      .setType(field.text().or(() -> field.at("type").text()).orElse(""))
                      .setChoices(choices(field.at("choices")))
                      .build());
            });
    return FieldCatalogue.of(rows);
  }

  private static List<FieldChoice> choices(Node node) {
    List<FieldChoice> choices = new ArrayList<>();
    node.members()
        .forEach(
            (id, value) ->
                value.scalar().ifPresent(text -> choices.add(new FieldChoice(id, text, 0, null))));
    return choices;
  }
}
