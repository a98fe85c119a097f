package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.T0;
import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates without an offset are of the tenant's clocks, whatever they are compared with. */
class LocalDatesTest {
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final LocalDate DAY = Instant.ofEpochMilli(T0).atZone(MOSCOW).toLocalDate();

  private static long midnight(ZoneId zone) {
    return DAY.plusDays(3).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private static Deciding inMoscow(Deciding deciding) {
    return deciding.in("Europe/Moscow").by(FieldCatalogue.UNKNOWN);
  }

  @Test
  void aStandardFieldIsComparedWithADateOfTheTenant() {
    Deciding deciding =
        inMoscow(
            Deciding.when(
                "{'field_value': {'field': 'closed_at', 'operator': 'less', 'type': 'date', 'value': '%s'}}"
                    .formatted(DAY)));
    long midnight = DAY.atStartOfDay(MOSCOW).toEpochSecond();

    deciding.after(updated("a").field("closed_at", Long.toString(midnight - 1)));
    assertThat(deciding.fired()).isTrue();
    deciding.after(updated("b").at(1).field("closed_at", Long.toString(midnight)));
    assertThat(deciding.fired()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'field_id': 9", "'field': 'closest_task_at'"})
  void aWaitForADateInAFieldIsOverByTheTenantsClocks(String field) {
    Deciding deciding =
        inMoscow(Deciding.by(Deciding.waiting("r", "{'time_elapsed': {%s}}".formatted(field))));
    String date = DAY.plusDays(3).toString();

    deciding.after(updated("a").texts("9", date).field("closest_task_at", date));

    assertThat(deciding.state().standing().nextDue()).isEqualTo(midnight(MOSCOW));
    deciding.until(midnight(MOSCOW));
    assertThat(deciding.fired()).isTrue();
  }

  /** Columns: a field's value as hooks have it, and what it is in Moscow. */
  @ParameterizedTest
  @CsvSource({
    "12.01.1980, 1980-01-11T21:00:00Z",
    "2026-02-03, 2026-02-02T21:00:00Z",
    "2026-02-03 10:00, 2026-02-03T07:00:00Z",
    "2026-02-03 10:00:30, 2026-02-03T07:00:30Z",
    "2026-02-03T10:00, 2026-02-03T07:00:00Z",
    "03.02.2026 10:00, 2026-02-03T07:00:00Z",
    "3.2.2026, 2026-02-02T21:00:00Z",
    "3.02.2026 10:00, 2026-02-03T07:00:00Z",
    "3.2.2026 9:05, 2026-02-03T06:05:00Z",
    "2026-02-03T10:00:00+05:00, 2026-02-03T05:00:00Z",
    "2026-02-03T10:00:00+0530, 2026-02-03T04:30:00Z",
    "2026-02-03 10:00+05, 2026-02-03T05:00:00Z",
    "1770066000, 2026-02-02T21:00:00Z"
  })
  void aFieldsValueIsReadByTheTenantsClocks(String value, Instant moment) {
    String test = "'%s': %s, 'operator': '%s', 'type': 'date', 'value': '%s'";
    for (String field : List.of("'field_id': 9", "'field': 'day'")) {
      String name = field.substring(1, field.indexOf('\'', 1));
      String named = field.substring(field.indexOf(':') + 2);
      assertThat(fires(test.formatted(name, named, "less_or_equal", moment), value)).isTrue();
      assertThat(fires(test.formatted(name, named, "less", moment), value)).isFalse();
      assertThat(fires(test.formatted(name, named, "equals", moment), value)).isTrue();
      assertThat(fires(test.formatted(name, named, "not_equals", moment), value)).isFalse();
      assertThat(fires(test.formatted(name, named, "changed_to", moment), value)).isTrue();
    }
    String filter = test.formatted("field", "'complete_till'", "equals", moment);
    assertThat(
            inMoscow(
                    Deciding.by(
                        """
                        {'id': 'r', 'trigger': {'event': 'task_created'}, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}],
                         'when': {'event_triggered': {'event': 'task_created', 'where': [{%s}]}}}
                        """
                            .formatted(filter)))
                .after(
                    event(EventKind.TASK_CREATED, "t")
                        .entity(EntityType.TASK, "t")
                        .field("complete_till", value))
                .fired())
        .isTrue();
  }

  private static boolean fires(String test, String value) {
    return inMoscow(Deciding.when("{'field_value': {%s}}".formatted(test)))
        .after(updated("a").texts("9", "2001-01-01").field("day", "2001-01-01"))
        .after(updated("b").at(1).texts("9", value).field("day", value))
        .fired();
  }

  @Test
  void aBirthdayIsComparedByItsTypeInTheCatalogue() {
    FieldCatalogue catalogue =
        FieldCatalogue.of(
            List.of(
                FieldRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("kommo-1")
                    .setEntityType(EntityType.LEAD)
                    .setFieldId("9")
                    .setName("Birthday")
                    .setType("birthday")
                    .setChoices(List.of())
                    .build()));
    Deciding deciding =
        Deciding.when("{'field_value': {'field_id': 9, 'operator': 'less', 'value': '1990-01-01'}}")
            .in("Europe/Moscow")
            .by(catalogue);

    assertThat(deciding.after(updated("a").texts("9", "31.12.1989")).fired()).isTrue();
    assertThat(deciding.after(updated("b").at(1).texts("9", "01.01.1990")).fired()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dd.MM.yyyy", "yyyy-MM-dd", "dd.MM.yyyy HH:mm", "yyyy-MM-dd HH:mm:ss"})
  void aWaitReadsEveryForm(String form) {
    String date =
        DAY.plusDays(3).atStartOfDay().format(DateTimeFormatter.ofPattern(form, Locale.ROOT));
    String before = "{'time_elapsed': {'field_id': 9, 'before': '2h'}}";
    Deciding deciding = inMoscow(Deciding.by(Deciding.waiting("r", before)));

    deciding.after(updated("a").texts("9", date));

    assertThat(deciding.state().standing().nextDue()).isEqualTo(midnight(MOSCOW) - 7_200_000);
  }

  @Test
  void aMomentWithAnOffsetIsThatMomentEverywhere() {
    Instant moment =
        Instant.ofEpochMilli(T0).plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
    Deciding deciding =
        inMoscow(Deciding.by(Deciding.waiting("r", "{'time_elapsed': {'field_id': 9}}")));

    deciding.after(updated("a").texts("9", moment.toString()));
    assertThat(deciding.state().standing().nextDue()).isEqualTo(moment.toEpochMilli());

    String local = LocalDateTime.ofInstant(moment, MOSCOW).toString();
    deciding.after(updated("b").at(1).texts("9", local));
    assertThat(deciding.state().standing().nextDue()).isEqualTo(moment.toEpochMilli());
  }
}
