package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.TenantRow;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a tenant's clients are left in peace.
 *
 * @param to excluded; before {@code from}: of the next day
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  static Optional<QuietHours> of(TenantRow tenant) {
    return tenant.getQuietFrom() == null || tenant.getQuietTo() == null
        ? Optional.empty()
        : Optional.of(
            new QuietHours(
                LocalTime.parse(tenant.getQuietFrom()),
                LocalTime.parse(tenant.getQuietTo()),
                ZoneId.of(tenant.getTimeZone())));
  }

  /** When they end; empty outside of them. Epoch milliseconds. */
  OptionalLong endAfter(long now) {
    ZonedDateTime here = Instant.ofEpochMilli(now).atZone(zone);
    LocalTime time = here.toLocalTime();
    boolean overNight = !from.isBefore(to);
    boolean inside =
        overNight
            ? !time.isBefore(from) || time.isBefore(to)
            : !time.isBefore(from) && time.isBefore(to);
    if (!inside) {
      return OptionalLong.empty();
    }
    boolean tomorrow = overNight && !time.isBefore(from);
    ZonedDateTime end = here.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to).atZone(zone);
    return OptionalLong.of(end.toInstant().toEpochMilli());
  }
}
