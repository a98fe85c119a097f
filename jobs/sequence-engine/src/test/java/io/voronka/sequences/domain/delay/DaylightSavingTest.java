package io.voronka.sequences.domain.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.subject.Known;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.step.Step;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clocks in Berlin skip 02:00-03:00 on 2026-03-29 and show 02:00-03:00 twice on 2026-10-25; those
 * in Santiago skip 00:00-01:00 on 2026-09-06; those on Lord Howe change by half an hour.
 */
class DaylightSavingTest {

  @ParameterizedTest(name = "{0} from {1} in {2}")
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        // A length of time is the same length across a change.
        "'for': '24h'                    ; 2026-03-28T12:00+01:00 ; Europe/Berlin ; 2026-03-29T13:00+02:00",
        "'for': '24h'                    ; 2026-10-24T12:00+02:00 ; Europe/Berlin ; 2026-10-25T11:00+01:00",
        "'for': '1h'                     ; 2026-03-29T01:30+01:00 ; Europe/Berlin ; 2026-03-29T03:30+02:00",
        "'for': '1h'                     ; 2026-10-25T02:30+02:00 ; Europe/Berlin ; 2026-10-25T02:30+01:00",
        // A time of day keeps to the clocks on the wall.
        "'at': '10:00'                   ; 2026-03-28T12:00+01:00 ; Europe/Berlin ; 2026-03-29T10:00+02:00",
        "'at': '10:00'                   ; 2026-10-24T12:00+02:00 ; Europe/Berlin ; 2026-10-25T10:00+01:00",
        "'for': '2d', 'at': '10:00'      ; 2026-03-27T09:30+01:00 ; Europe/Berlin ; 2026-03-30T10:00+02:00",
        "'for': '2d', 'at': '10:00'      ; 2026-10-24T09:30+02:00 ; Europe/Berlin ; 2026-10-26T10:00+01:00",
        // One that is skipped comes as much later; one that comes twice counts the first time.
        "'at': '02:30'                   ; 2026-03-28T12:00+01:00 ; Europe/Berlin ; 2026-03-29T03:30+02:00",
        "'at': '02:30'                   ; 2026-10-24T12:00+02:00 ; Europe/Berlin ; 2026-10-25T02:30+02:00",
        "'at': '02:30'                   ; 2026-10-25T02:30+02:00 ; Europe/Berlin ; 2026-10-26T02:30+01:00",
        "'at': '02:30'                   ; 2026-10-25T02:29+01:00 ; Europe/Berlin ; 2026-10-26T02:30+01:00",
        "'at': '00:15'                   ; 2026-09-05T12:00-04:00 ; America/Santiago ; 2026-09-06T01:15-03:00",
        "'at': '02:15'                   ; 2026-10-03T12:00+10:30 ; Australia/Lord_Howe ; 2026-10-04T02:45+11:00",
        // Days of the week are those of the zone.
        "'at': '10:00', 'days': ['mon']  ; 2026-03-28T12:00+01:00 ; Europe/Berlin ; 2026-03-30T10:00+02:00",
        "'at': '10:00', 'days': ['sun']  ; 2026-10-25T09:59+01:00 ; Europe/Berlin ; 2026-10-25T10:00+01:00",
        "'at': '10:00', 'days': ['sun']  ; 2026-10-25T10:00+01:00 ; Europe/Berlin ; 2026-11-01T10:00+01:00",
        // Hours: inside at once, outside when they begin.
        "'hours': {'from': '09:00', 'to': '18:00'}                  ; 2026-03-28T18:00+01:00 ; Europe/Berlin ; 2026-03-29T09:00+02:00",
        "'hours': {'from': '09:00', 'to': '18:00'}                  ; 2026-10-24T18:00+02:00 ; Europe/Berlin ; 2026-10-25T09:00+01:00",
        "'hours': {'from': '09:00', 'to': '18:00', 'days': ['mon']} ; 2026-03-28T10:00+01:00 ; Europe/Berlin ; 2026-03-30T09:00+02:00",
        "'hours': {'from': '02:30', 'to': '04:00'}                  ; 2026-03-29T01:00+01:00 ; Europe/Berlin ; 2026-03-29T03:00+02:00",
        "'hours': {'from': '22:00', 'to': '02:30'}                  ; 2026-10-25T02:29+02:00 ; Europe/Berlin ; 2026-10-25T02:29+02:00",
        "'hours': {'from': '22:00', 'to': '02:30'}                  ; 2026-10-25T02:00+01:00 ; Europe/Berlin ; 2026-10-25T02:00+01:00",
        "'hours': {'from': '22:00', 'to': '02:30'}                  ; 2026-10-25T02:30+01:00 ; Europe/Berlin ; 2026-10-25T22:00+01:00",
        "'for': '24h', 'hours': {'from': '09:00', 'to': '18:00'}    ; 2026-10-24T09:30+02:00 ; Europe/Berlin ; 2026-10-25T09:00+01:00",
        "'for': '24h', 'hours': {'from': '09:00', 'to': '18:00'}    ; 2026-03-28T17:30+01:00 ; Europe/Berlin ; 2026-03-30T09:00+02:00",
      })
  void isRightAcrossBothChanges(String delay, String since, String zone, String expected) {
    assertThat(end(delay, since, zone, SubjectState.EMPTY))
        .hasValue(OffsetDateTime.parse(expected).toInstant().toEpochMilli());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        "'until': {'field': 'd'}                               ; 2026-03-29T10:00+02:00 ; 2026-03-29T10:00+02:00",
        "'until': {'field': 'd', 'before': '24h'}              ; 2026-03-29T10:00+02:00 ; 2026-03-28T09:00+01:00",
        "'until': {'field': 'd', 'before': '24h'}              ; 2026-10-25T10:00+01:00 ; 2026-10-24T11:00+02:00",
        "'until': {'field': 'd', 'after': '24h'}               ; 2026-10-25T00:00+02:00 ; 2026-10-25T23:00+01:00",
        "'until': {'field': 'd', 'before': '3h'}               ; 2026-03-29T04:00+02:00 ; 2026-03-29T00:00+01:00",
        "'until': {'field': 'd'}, 'at': '10:00'                ; 2026-03-29T00:00+01:00 ; 2026-03-29T10:00+02:00",
        "'until': {'field': 'd'}, 'at': '10:00'                ; 2026-10-25T00:00+02:00 ; 2026-10-25T10:00+01:00",
        "'until': {'field': 'd', 'after': '1d'}, 'at': '00:00' ; 2026-03-29T00:00+01:00 ; 2026-03-31T00:00+02:00",
        "'until': {'field': 'd'}, 'hours': {'from': '09:00'}   ; 2026-10-25T00:00+02:00 ; 2026-10-25T09:00+01:00",
      })
  void aDateIsAMomentAndWhatFollowsGoesByTheWall(String delay, String date, String expected) {
    long seconds = OffsetDateTime.parse(date).toEpochSecond();
    SubjectState lead =
        SubjectState.of(0, Map.of("d", new Known(Long.toString(seconds), 0)), Map.of());

    assertThat(end(delay, "2026-01-01T00:00+01:00", "Europe/Berlin", lead))
        .hasValue(OffsetDateTime.parse(expected).toInstant().toEpochMilli());
  }

  @Test
  void anUnknownDateHasNoEnd() {
    assertThat(end("'until': {'field': 'd'}", "2026-01-01T00:00+01:00", "UTC", SubjectState.EMPTY))
        .isEmpty();
  }

  @Test
  void aTimeOfDayComesOnceADayAllYear() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (String time : new String[] {"00:00", "01:59", "02:00", "02:30", "02:59", "03:00"}) {
      Delay daily = delay("'at': '" + time + "'");
      long now = Instant.parse("2025-12-31T22:59:00Z").toEpochMilli();
      int times = 0;
      while (now < Instant.parse("2026-12-31T22:59:00Z").toEpochMilli()) {
        now = daily.end(now, SubjectState.EMPTY, berlin).orElseThrow();
        times++;
      }
      assertThat(times - 1).as(time).isEqualTo(365);
    }
  }

  private static OptionalLong end(String delay, String since, String zone, SubjectState lead) {
    return delay(delay)
        .end(OffsetDateTime.parse(since).toInstant().toEpochMilli(), lead, ZoneId.of(zone));
  }

  private static Delay delay(String definition) {
    String step = "{'id': 'w', 'wait': {" + definition + "}}";
    return ((Step.Wait) SequenceTexts.withSteps(step).step("w")).delay();
  }
}
