package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * What a wait begins with.
 *
 * @param event only with EVENT
 * @param field only with DATE_FIELD
 * @param named the field as the author names it: wherever it is read, a date in it stays the same
 *     beginning
 * @param zone of whose clocks a date or a time without an offset is; only with DATE_FIELD
 */
public record Anchor(Kind kind, EventKind event, FieldRef field, FieldRef named, ZoneId zone) {

  /** The kinds of beginnings. */
  public enum Kind {
    /** The lead entered its present stage. */
    STAGE_ENTRY,
    CREATION,
    /** The newest event of a kind. */
    EVENT,
    /** A moment that a field of the subject holds. */
    DATE_FIELD
  }

  public static Anchor stageEntry() {
    return new Anchor(Kind.STAGE_ENTRY, null, null, null, null);
  }

  public static Anchor creation() {
    return new Anchor(Kind.CREATION, null, null, null, null);
  }

  public static Anchor event(EventKind kind) {
    return new Anchor(Kind.EVENT, kind, null, null, null);
  }

  /** Dates without an offset are of UTC's clocks until a zone is named. */
  public static Anchor dateField(FieldRef field) {
    return new Anchor(Kind.DATE_FIELD, null, field, field, ZoneOffset.UTC);
  }

  /** The same date read elsewhere, and by other clocks; this one when it is no date. */
  public Anchor read(FieldRef at, ZoneId by) {
    return kind != Kind.DATE_FIELD || (at.equals(field) && by.equals(zone))
        ? this
        : new Anchor(kind, null, at, named, by);
  }

  /** Null when it was never seen. */
  public Happening in(SubjectState state) {
    return switch (kind) {
      case STAGE_ENTRY -> state.stageEntry();
      case CREATION -> state.creation();
      case EVENT -> state.past().last(event);
      case DATE_FIELD -> moment(state);
    };
  }

  /** For a reader. */
  public String written() {
    return switch (kind) {
      case STAGE_ENTRY -> "stage entry";
      case CREATION -> "creation";
      case EVENT -> "the last " + event.name().toLowerCase(Locale.ROOT);
      case DATE_FIELD -> named.toString();
    };
  }

  /** Another date in the field is another beginning; the same one set again is not. */
  private Happening moment(SubjectState state) {
    List<String> texts = state.texts(field);
    if (texts == null || texts.isEmpty()) {
      return null;
    }
    Long seconds = (Long) ValueType.DATE.parse(texts.get(0), zone);
    if (seconds == null || Math.abs(seconds) > Integer.MAX_VALUE * 100L) {
      return null;
    }
    long at = seconds * 1000;
    return new Happening(at, at, StableId.fingerprint(named + "=" + seconds));
  }
}
