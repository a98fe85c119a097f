package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.Deciding.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a wait may be counted from. A new kind of beginning does not compile here before
 * it has its cases; a new kind of event has them at once.
 */
@DisplayName("time_elapsed, whatever it is counted from")
class EveryBeginningTest {
  private static final long HOUR = 3600;

  /** What rules cannot name. */
  private static final Set<EventKind> NOT_FOR_RULES =
      EnumSet.of(
          EventKind.UNKNOWN,
          EventKind.TICK,
          EventKind.LEAD_IMPORTED,
          EventKind.CONTACT_IMPORTED,
          EventKind.COMPANY_IMPORTED);

  /**
   * One hour after the start something begins.
   *
   * @param since as an author writes it, with how long to wait
   * @param due seconds after the start at which the wait is over
   * @param unless a kind of event that ends the wait and does not begin it
   */
  record Beginning(Anchor.Kind kind, String since, LeadEvents event, long due, EventKind unless) {
    @Override
    public String toString() {
      return since;
    }

    String condition() {
      return condition("");
    }

    String condition(String more) {
      return "{'time_elapsed': {%s%s}}".formatted(since, more);
    }
  }

  static Stream<Beginning> beginnings() {
    return Stream.of(Anchor.Kind.values()).flatMap(EveryBeginningTest::of);
  }

  /** All but dates that lie ahead: nothing can have happened since. */
  static Stream<Beginning> endable() {
    return beginnings().filter(beginning -> !beginning.since().contains("before"));
  }

  private static Stream<Beginning> of(Anchor.Kind kind) {
    LeadEvents created = event(EventKind.LEAD_CREATED, "c").stage("1", "10").at(HOUR);
    long card = LeadEvents.T0 / 1000 + HOUR;
    return switch (kind) {
      case STAGE_ENTRY ->
          Stream.of(
              after2Hours(kind, "stage_entry", created),
              after2Hours(
                  kind,
                  "stage_entry",
                  updated("u").stage("1", "20").was("status_id", "10").at(HOUR)));
      case CREATION ->
          Stream.of(
              after2Hours(kind, "creation", created),
              after2Hours(kind, "creation", updated("u").field("created_at", "" + card).at(HOUR)));
      case EVENT ->
          Stream.concat(
              Stream.of(
                  after2Hours(kind, "last_message_received", told(EventKind.MESSAGE_RECEIVED)),
                  after2Hours(kind, "last_message_sent", told(EventKind.MESSAGE_SENT))),
              EnumSet.complementOf(EnumSet.copyOf(NOT_FOR_RULES)).stream()
                  .map(
                      what -> after2Hours(kind, what.name().toLowerCase(Locale.ROOT), told(what))));
      case DATE_FIELD ->
          Stream.of("'field_id': 9", "'field_code': 'VISIT'")
              .flatMap(
                  field ->
                      Stream.of(
                          dated(field + ", 'for': '2h'", 7 * HOUR),
                          dated(field + ", 'before': '2h'", 3 * HOUR)));
    };
  }

  private static Beginning after2Hours(Anchor.Kind kind, String name, LeadEvents event) {
    EventKind unless = name.equals("note_added") ? EventKind.TASK_CREATED : EventKind.NOTE_ADDED;
    return new Beginning(
        kind, "'since': '%s', 'for': '2h'".formatted(name), event, 3 * HOUR, unless);
  }

  /** The date lies five hours after the start. */
  private static Beginning dated(String since, long due) {
    String date = "" + (LeadEvents.T0 / 1000 + 5 * HOUR);
    LeadEvents event =
        updated("u")
            .custom("9", "VISIT", new io.voronka.schemas.FieldValue(date, null, null))
            .at(HOUR);
    return new Beginning(Anchor.Kind.DATE_FIELD, since, event, due, EventKind.NOTE_ADDED);
  }

  private static LeadEvents told(EventKind kind) {
    LeadEvents told = event(kind, "e").at(HOUR);
    return kind.name().startsWith("LEAD_")
        ? told.stage("1", "10")
        : told.entity(EntityType.MESSAGE, "m");
  }

  @ParameterizedTest(name = "{0}: fires by itself when its moment comes, with no further event")
  @MethodSource("beginnings")
  void firesByItself(Beginning beginning) {
    Deciding deciding = Deciding.by(waiting("r", beginning.condition())).after(beginning.event());

    assertThat(deciding.pass(beginning.due() - 1).firedAt()).isEmpty();
    assertThat(deciding.pass(beginning.due()).firedAt()).containsExactly(beginning.due());
    assertThat(deciding.pass(beginning.due() + 1000 * HOUR).firedAt()).as("once").hasSize(1);
  }

  @ParameterizedTest(name = "{0}: is cancelled by what must not have happened since")
  @MethodSource("endable")
  void isCancelled(Beginning beginning) {
    String unless =
        ", 'unless': '%s'".formatted(beginning.unless().name().toLowerCase(Locale.ROOT));
    boolean ahead = beginning.kind() == Anchor.Kind.DATE_FIELD;
    Deciding deciding =
        Deciding.by(waiting("r", beginning.condition(unless))).after(beginning.event());
    long then = ahead ? 6 * HOUR : beginning.due() - 1;

    deciding.after(event(beginning.unless(), "end").entity(EntityType.NOTE, "n").at(then));

    assertThat(deciding.pass(1000 * HOUR).firedAt()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: waits for nothing when it was never seen")
  @MethodSource("beginnings")
  void whatWasNeverSeenIsNotWaitedFor(Beginning beginning) {
    for (String form : List.of("%s", "{'not': %s}")) {
      Deciding deciding =
          Deciding.by(waiting("r", form.formatted(beginning.condition()))).after(other(beginning));

      assertThat(deciding.pass(1000 * HOUR).firedAt()).as(form).isEmpty();
    }
  }

  /** Something happens that is no such beginning. */
  private static LeadEvents other(Beginning beginning) {
    return event(beginning.unless(), "other").entity(EntityType.NOTE, "n").at(HOUR);
  }

  @ParameterizedTest(name = "{0}: counts from where it says")
  @MethodSource("beginnings")
  void isReadAsItsKind(Beginning beginning) {
    Condition read = Deciding.rule(waiting("r", beginning.condition())).when().orElseThrow();

    assertThat(((TimeElapsed) read).since().kind()).isEqualTo(beginning.kind());
  }
}
