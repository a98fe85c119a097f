package io.voronka.infra.local.imports;

import java.time.Instant;

/**
 * How far the import of one kind of entity has come.
 *
 * @param updatedFrom all that was changed before it, in whole seconds, has been published
 * @param beganFrom last change of the oldest entity; null before the first page
 * @param published events, of this and earlier runs; what lay on the border between two runs counts
 *     twice
 * @param skipped entities without an id or a time of change
 * @param finished whether the end was reached: a later run looks only for what changed since
 */
public record ImportProgress(
    Instant updatedFrom, Instant beganFrom, long published, long skipped, boolean finished) {

  static final ImportProgress NOTHING = new ImportProgress(Instant.EPOCH, null, 0, 0, false);

  ImportProgress reached(Instant moment, Instant oldest, int events, int unreadable) {
    Instant began = beganFrom == null ? oldest : beganFrom;
    return new ImportProgress(moment, began, published + events, skipped + unreadable, false);
  }

  /** Vendors let their clients write any time of change, and clocks differ. */
  ImportProgress notBeyond(Instant moment) {
    return new ImportProgress(
        earlier(updatedFrom, moment),
        beganFrom == null ? null : earlier(beganFrom, moment),
        published,
        skipped,
        finished);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  ImportProgress done() {
    return new ImportProgress(updatedFrom, beganFrom, published, skipped, true);
  }

  /**
   * The share of the time between the oldest entity's last change and now that has been read, in
   * percent. The vendor does not say how many entities there are.
   */
  public int percent(Instant now) {
    if (finished) {
      return 100;
    }
    if (beganFrom == null || !now.isAfter(beganFrom)) {
      return 0;
    }
    long whole = now.getEpochSecond() - beganFrom.getEpochSecond();
    long read = updatedFrom.getEpochSecond() - beganFrom.getEpochSecond();
    return whole == 0 ? 0 : (int) Math.min(99, Math.max(0, read * 100 / whole));
  }
}
