package io.voronka.jobs.capturecontrol.domain;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;

/**
 * One step of the reading of the control tables: a stream type, hence public and flat.
 *
 * @param kind which of the other fields count
 * @param table null for HEARTBEAT and READING
 * @param key the row's Kafka key; null for HEARTBEAT and READING
 * @param row PRESENT only, with generation 0 and, for a rule set, effectiveAt 0
 * @param beat HEARTBEAT only: its number, which is the capture clock when it was written
 * @param committedAt epoch milliseconds of the database; 0 for a row of the first reading
 */
public record CapturedRow(
    Kind kind, ControlTable table, String key, ControlChange row, long beat, long committedAt) {

  public enum Kind {
    /** The row is there, with this content. */
    PRESENT,
    /** The row is not there any more. */
    GONE,
    /** The row is there but makes no sense to this build. */
    UNREADABLE,
    /** A heartbeat came by as a change, so everything that was there at first has been read. */
    HEARTBEAT,
    /** The tables are read whole from here on. */
    READING
  }

  public static CapturedRow present(
      ControlTable table, String key, ControlChange row, long committedAt) {
    return new CapturedRow(Kind.PRESENT, table, key, row, 0, committedAt);
  }

  public static CapturedRow gone(ControlTable table, String key, long committedAt) {
    return new CapturedRow(Kind.GONE, table, key, null, 0, committedAt);
  }

  public static CapturedRow unreadable(ControlTable table, String key, long committedAt) {
    return new CapturedRow(Kind.UNREADABLE, table, key, null, 0, committedAt);
  }

  public static CapturedRow heartbeat(long beat, long committedAt) {
    return new CapturedRow(Kind.HEARTBEAT, null, null, null, beat, committedAt);
  }

  public static CapturedRow reading() {
    return new CapturedRow(Kind.READING, null, null, null, 0, 0);
  }
}
