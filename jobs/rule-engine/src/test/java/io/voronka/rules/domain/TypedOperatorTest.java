package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.FieldKind;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.catalogue.Unfit;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.FieldValue;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operands and values written in any way; every operator on every type is {@link
 * EveryOperatorTest}'s.
 */
class TypedOperatorTest {
  static final FieldCatalogue CATALOGUE =
      FieldCatalogue.of(
          List.of(
              field("1", "numeric"),
              field("2", "monetary"),
              field("3", "date"),
              field("4", "checkbox"),
              field("5", "select", "11=Small", "12=Large", "13=11"),
              field("6", "multiselect", "21=red", "22=green", "23=blue"),
              field("7", "text"),
              field("8", "multitext", "31=WORK"),
              field("9", "legal_entity")));

  private static FieldRow field(String id, String type, String... choices) {
    return FieldRow.newBuilder()
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.LEAD)
        .setFieldId(id)
        .setCode("F" + id)
        .setName("Field " + id)
        .setType(type)
        .setChoices(
            Stream.of(choices)
                .map(choice -> choice.split("="))
                .map(c -> new FieldChoice(c[0], c[1], 0, c[1].equals("Large") ? "BIG" : null))
                .toList())
        .build();
  }

  /** Values as text#id, several parted by semicolons; nothing for a field that has none. */
  private static LeadEvents event(String id, String field, String values) {
    List<FieldValue> all = new ArrayList<>();
    for (String value : values.isBlank() ? new String[0] : values.strip().split(";")) {
      String[] parts = value.split("#");
      all.add(
          new FieldValue(
              parts[0].isEmpty() ? null : parts[0], parts.length == 1 ? null : parts[1], null));
    }
    return updated(id).custom(field, "F" + field, all.toArray(FieldValue[]::new));
  }

  private static Deciding deciding(String name, String test) {
    return Deciding.when("{'field_value': {%s, %s}}".formatted(name, test)).by(CATALOGUE);
  }

  /** Columns: field, operator and operands, values (for a change: before > after), fires. */
  @ParameterizedTest(name = "field {0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 | 'operator': 'equals', 'value': '10'                  | 10.00           | true
          1 | 'operator': 'equals', 'value': 10                    | 10.0            | true
          1 | 'operator': 'not_equals', 'value': '10'              | 10.00           | false
          1 | 'operator': 'greater', 'value': '9'                  | 10              | true
          1 | 'operator': 'greater_or_equal', 'value': 10          | 10.0            | true
          1 | 'operator': 'less', 'value': '9'                     | 10              | false
          1 | 'operator': 'less_or_equal', 'value': '10'           | 10.00           | true
          1 | 'operator': 'between', 'min': '9', 'max': '10'       | 10.0            | true
          1 | 'operator': 'in', 'values': ['9', '10']              | 10.0            | true
          1 | 'operator': 'not_in', 'values': ['9', '10']          | 10.0            | false
          1 | 'operator': 'empty'                                  | ``              | true
          1 | 'operator': 'not_empty'                              | 0               | true
          1 | 'operator': 'changed'                                | 10 > 10.00      | false
          1 | 'operator': 'changed'                                | 10 > 11         | true
          1 | 'operator': 'changed_to', 'value': '11'              | 10 > 11.0       | true
          1 | 'operator': 'changed_from', 'value': '10'            | 10.0 > 11       | true
          2 | 'operator': 'equals', 'value': '1500'                | 1500.00         | true
          2 | 'operator': 'between', 'min': 0.1, 'max': '0.3'      | 0.30            | true
          3 | 'operator': 'equals', 'value': '2026-01-31'          | 1769817600      | true
          3 | 'operator': 'equals', 'value': 1769817600            | 2026-01-31T00:00:00Z | true
          3 | 'operator': 'not_equals', 'value': '2026-01-31'      | 1769817600      | false
          3 | 'operator': 'greater', 'value': '2026-01-30'         | 1769817600      | true
          3 | 'operator': 'greater', 'value': 1769817600           | 2026-02-01      | true
          3 | 'operator': 'greater_or_equal', 'value': '2026-01-31' | 1769817600     | true
          3 | 'operator': 'less', 'value': '2026-01-31'            | 1769817600      | false
          3 | 'operator': 'less_or_equal', 'value': '2026-01-31'   | 1769817600      | true
          3 | 'operator': 'between', 'min': '2026-01-01', 'max': '2026-02-01' | 1769817600 | true
          3 | 'operator': 'in', 'values': ['2026-01-31', '2026-02-01'] | 1769817600  | true
          3 | 'operator': 'not_in', 'values': ['2026-01-31']       | 1769817600      | false
          3 | 'operator': 'empty'                                  | 1769817600      | false
          3 | 'operator': 'not_empty'                              | 1769817600      | true
          3 | 'operator': 'changed'                                | 1769817600 > 2026-01-31 | false
          3 | 'operator': 'changed_to', 'value': '2026-01-31'      | 5 > 1769817600  | true
          3 | 'operator': 'changed_from', 'value': '2026-01-31'    | 1769817600 > 5  | true
          4 | 'operator': 'equals', 'value': 'true'                | 1               | true
          4 | 'operator': 'equals', 'value': 1                     | true            | true
          4 | 'operator': 'equals', 'value': false                 | ``              | true
          4 | 'operator': 'not_equals', 'value': 'true'            | 1               | false
          4 | 'operator': 'in', 'values': ['true']                 | 1               | true
          4 | 'operator': 'not_in', 'values': ['true']             | 1               | false
          4 | 'operator': 'empty'                                  | ``              | true
          4 | 'operator': 'not_empty'                              | 1               | true
          4 | 'operator': 'changed'                                | true > 1        | false
          4 | 'operator': 'changed_to', 'value': 'true'            | 0 > 1           | true
          4 | 'operator': 'changed_from', 'value': 'true'          | 1 > false       | true
          5 | 'operator': 'equals', 'value': 'Large'               | Gross#12        | true
          5 | 'operator': 'equals', 'value': 12                    | Large#12        | true
          5 | 'operator': 'equals', 'value': 'BIG'                 | Large#12        | true
          5 | 'operator': 'equals', 'value': 'Large'               | Large           | true
          5 | 'operator': 'equals', 'value': 'LARGE', 'ignore_case': true | #12      | true
          5 | 'operator': 'equals', 'value': '11'                  | 11#13           | true
          5 | 'operator': 'equals', 'value': '11'                  | Small#11        | false
          5 | 'operator': 'not_equals', 'value': 'Large'           | Gross#12        | false
          5 | 'operator': 'in', 'values': ['Small', 12]            | Gross#12        | true
          5 | 'operator': 'not_in', 'values': ['Small', 'Large']   | Gross#12        | false
          5 | 'operator': 'contains', 'value': 'ar'                | Large#12        | true
          5 | 'operator': 'not_contains', 'value': 'ar'            | Large#12        | false
          5 | 'operator': 'starts_with', 'value': 'La'             | Large#12        | true
          5 | 'operator': 'ends_with', 'value': 'ge'               | Large#12        | true
          5 | 'operator': 'matches', 'value': '^L'                 | Large#12        | true
          5 | 'operator': 'empty'                                  | #12             | false
          5 | 'operator': 'not_empty'                              | #12             | true
          5 | 'operator': 'changed'                                | Large#12 > Gross#12 | false
          5 | 'operator': 'changed'                                | Large#12 > Small#11 | true
          5 | 'operator': 'changed'                                | Large > Large#12 | false
          5 | 'operator': 'changed'                                | Small > Large#12 | true
          5 | 'operator': 'changed_to', 'value': 'Large'           | Large > Large#12 | false
          5 | 'operator': 'changed_to', 'value': 'Large'           | Small#11 > #12  | true
          5 | 'operator': 'changed_from', 'value': 'Large'         | Gross#12 > Small#11 | true
          6 | 'operator': 'equals', 'value': 'green'               | red#21;verde#22 | true
          6 | 'operator': 'not_equals', 'value': 'green'           | red#21;verde#22 | false
          6 | 'operator': 'in', 'values': ['blue', 22]             | red#21;verde#22 | true
          6 | 'operator': 'not_in', 'values': ['blue']             | red#21;verde#22 | true
          6 | 'operator': 'changed'                                | red#21;green#22 > verde#22;red#21 | false
          6 | 'operator': 'changed_to', 'value': 'blue'            | red#21 > red#21;azul#23 | true
          7 | 'operator': 'equals', 'value': 10                    | 10              | true
          7 | 'operator': 'equals', 'value': 10                    | 10.0            | false
          7 | 'operator': 'equals', 'value': 'a', 'ignore_case': true | A            | true
          7 | 'operator': 'not_equals', 'value': 10                | 10.0            | true
          7 | 'operator': 'contains', 'value': '0.'                | 10.0            | true
          7 | 'operator': 'not_contains', 'value': '0.'            | 10.0            | false
          7 | 'operator': 'starts_with', 'value': '10'             | 10.0            | true
          7 | 'operator': 'ends_with', 'value': '.0'               | 10.0            | true
          7 | 'operator': 'in', 'values': [1, 10]                  | 10.0            | false
          7 | 'operator': 'not_in', 'values': [1, 10]              | 10.0            | true
          7 | 'operator': 'empty'                                  | x               | false
          7 | 'operator': 'not_empty'                              | x               | true
          7 | 'operator': 'changed'                                | 10 > 10.0       | true
          7 | 'operator': 'changed_to', 'value': 10                | 9 > 10          | true
          7 | 'operator': 'changed_from', 'value': 10              | 10 > 9          | true
          7 | 'operator': 'matches', 'value': '^[0-9]+$'           | 10              | true
          8 | 'operator': 'starts_with', 'value': '+7'             | 8 9;+7 9#31     | true
          8 | 'operator': 'equals', 'value': 31, 'part': 'enum_id' | +7 9#31         | true
          9 | 'operator': 'equals', 'value': 10                    | 10.0            | true
          """)
  void comparesByTheTypeOfTheField(String field, String test, String values, boolean fires) {
    for (String name : List.of("'field_id': " + field, "'field_code': 'F" + field + "'")) {
      Deciding deciding = deciding(name, test);
      String[] changes = values.split(" > ");
      for (int i = 0; i < changes.length; i++) {
        deciding.after(event("e" + i, field, changes[i]).at(i));
      }
      assertThat(deciding.fired()).as(name).isEqualTo(fires);
      assertThat(Unfit.in(Deciding.rule(rule(name, test)), CATALOGUE)).isEmpty();
    }
  }

  static String rule(String name, String test) {
    return """
        {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'when': {'field_value': {%s, %s}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """
        .formatted(name, test);
  }

  @ParameterizedTest
  @CsvSource({
    "1,NUMBER",
    "3,DATE",
    "4,FLAG",
    "5,CHOICE",
    "7,TEXT",
  })
  void anOperatorThatDoesNotFitIsToldAndTheRuleComparesAsItIsWritten(String field, FieldKind kind) {
    for (Operator operator : Operator.values()) {
      String operands =
          switch (operator.operand()) {
            case TEXT, PATTERN -> ", 'value': '1'";
            case ORDERED -> ", 'value': 0";
            case RANGE -> ", 'min': 0, 'max': 2";
            case NONE, ONE, SEVERAL -> null;
          };
      if (operands == null || kind.fits(operator)) {
        continue;
      }
      String test = "'operator': '%s'%s".formatted(operator.written(), operands);
      String name = "'field_id': " + field;
      assertThat(Unfit.in(Deciding.rule(rule(name, test)), CATALOGUE))
          .singleElement()
          .satisfies(
              unfit -> {
                assertThat(unfit.pointer()).isEqualTo("/when/field_value");
                assertThat(unfit.message())
                    .startsWith(operator.written() + " does not fit field " + field);
              });
      Deciding typed = deciding(name, test).after(event("e", field, "1"));
      Deciding plain =
          Deciding.when("{'field_value': {%s, %s}}".formatted(name, test))
              .after(event("e", field, "1"));
      assertThat(typed.outcome()).isEqualTo(plain.outcome());
    }
  }

  @Test
  void anAuthorsTypeWinsOverTheFields() {
    String test = "'operator': 'greater', 'value': 9, 'type': 'number'";
    assertThat(deciding("'field_id': 7", test).after(event("e", "7", "10")).fired()).isTrue();
    assertThat(Unfit.in(Deciding.rule(rule("'field_id': 7", test)), CATALOGUE)).isEmpty();
  }

  @Test
  void theVerdictShowsTheAuthorsWordsAndTheNameOfAChoice() {
    Deciding deciding =
        deciding("'field_id': 5", "'operator': 'not_equals', 'value': 12")
            .after(event("e", "5", "Large#12"));
    assertThat(deciding.verdict().getExpected()).isEqualTo("field 5 not equals 12");
    assertThat(deciding.verdict().getActual()).isEqualTo("Large");
  }

  @Test
  void whatTheCatalogueDoesNotKnowStaysTheSameObject() {
    Rule rule = Deciding.rule(rule("'field': 'price'", "'operator': 'equals', 'value': 1"));
    assertThat(new Typing(CATALOGUE, ZoneOffset.UTC).typed(rule)).isSameAs(rule);
  }

  @Test
  void filtersOfEventsCompareByTheTypeOfTheFieldToo() {
    for (String[] test :
        new String[][] {
          {"'field_id': 1, 'operator': 'equals', 'value': '10'", "1", "10.00"},
          {"'field_code': 'F5', 'operator': 'in', 'values': ['Large']", "5", "Gross#12"},
        }) {
      String filter =
          "{'event_triggered': {'event': 'lead_updated', 'where': [{%s}]}}".formatted(test[0]);
      Deciding written = Deciding.when(filter).after(event("e", test[1], test[2]));
      Deciding typed = Deciding.when(filter).by(CATALOGUE).after(event("e", test[1], test[2]));

      assertThat(written.fired()).as(test[0]).isFalse();
      assertThat(typed.fired()).as(test[0]).isTrue();
    }
  }

  @Test
  void customFieldsThatTextsNameAreLookedForToo() {
    Rule rule =
        Deciding.rule(
            """
            {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
              {'key': 'a', 'add_note': {'text': '{{ lead.field.7 }} {{ contact.code.F8 | upcase }}'}},
              {'key': 'b', 'create_task': {'due': '1h', 'text':
                '{% if lead.code.NONE %}{{ lead.name | default: lead.field.99 }}{% endif %}'}}]}
            """);

    assertThat(Unfit.in(rule, CATALOGUE))
        .extracting(Unfit::pointer)
        .containsExactly("/actions/1", "/actions/1");
  }

  /** Columns: operator and operands, whether the first second of 31 January satisfies it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'operator': 'equals', 'value': '2026-01-31'                             | true
          'operator': 'equals', 'value': '2026-01-31', 'type': 'date'             | true
          'operator': 'equals', 'value': '2026-01-31 00:00:00', 'type': 'date'    | true
          'operator': 'not_equals', 'value': '2026-01-31', 'type': 'date'         | false
          'operator': 'in', 'values': ['2026-01-30', '2026-01-31']                | true
          'operator': 'greater', 'value': '2026-01-31'                            | false
          'operator': 'greater_or_equal', 'value': '2026-01-31'                   | true
          'operator': 'greater_or_equal', 'value': '2026-01-31', 'type': 'date'   | true
          'operator': 'greater', 'value': '2026-01-30 23:59:59'                   | true
          'operator': 'less', 'value': '2026-01-31'                               | false
          'operator': 'less_or_equal', 'value': '2026-01-31'                      | true
          'operator': 'between', 'min': '2026-01-31', 'max': '2026-01-31'         | true
          """)
  void aDateWithoutAnOffsetIsOfTheTenantsClocks(String test, boolean fires) {
    // Midnight of 31 January in Berlin, in Sao Paulo, and in UTC.
    for (String[] day :
        new String[][] {
          {"Europe/Berlin", "1769814000"},
          {"America/Sao_Paulo", "1769828400"},
          {"UTC", "1769817600"}
        }) {
      Deciding deciding =
          Deciding.when("{'field_value': {'field_id': 3, %s}}".formatted(test))
              .in(day[0])
              .by(CATALOGUE)
              .after(event("e", "3", day[1]));

      assertThat(deciding.fired()).as(day[0]).isEqualTo(fires);
    }
  }

  @Test
  void aDateWithAnOffsetIsOneMomentForEverybody() {
    Deciding deciding =
        Deciding.when(
                "{'field_value': {'field_id': 3, 'operator': 'between', 'min': '2026-01-31T03:00+03:00', 'max': '2026-01-31T00:00:00Z'}}")
            .in("Europe/Berlin")
            .by(CATALOGUE);

    assertThat(deciding.after(event("e", "3", "1769817600")).fired()).isTrue();
    assertThat(deciding.after(event("f", "3", "1769814000")).verdict().getExpected())
        .isEqualTo("field 3 between 2026-01-31T00:00:00Z, 2026-01-31T00:00:00Z");
  }

  @Test
  void theVerdictShowsADayAsItIsWritten() {
    Deciding deciding = deciding("'field_id': 3", "'operator': 'greater', 'value': '2026-01-31'");

    assertThat(deciding.after(event("e", "3", "1")).verdict().getExpected())
        .isEqualTo("field 3 greater 2026-01-31");
  }
}
