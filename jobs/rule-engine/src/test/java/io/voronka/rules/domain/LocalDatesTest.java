package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.T0;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
