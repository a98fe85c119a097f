package io.voronka.jobs.capturecontrol.decode;

import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.OptOutRow;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns that say whether, how often, and after what time, a client may be written to. */
final class ContactLimits {
  private static final Pattern LASTING = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
  private static final Pattern CAP =
      Pattern.compile("([1-9][0-9]{0,2}) per (" + LASTING.pattern() + ")");

  private ContactLimits() {}

  static OptOutRow optOut(Columns row) throws RejectedRowException {
    return OptOutRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setRecipient(row.text("recipient"))
        .build();
  }

  /** {@code 3 per 24h}; null when there is none. */
  static FrequencyCap cap(Columns row, String column) throws RejectedRowException {
    String text = row.orNull(column);
    if (text == null) {
      return null;
    }
    Matcher matcher = CAP.matcher(text);
    if (!matcher.matches()) {
      throw bad(row, column);
    }
    return new FrequencyCap(
        Integer.parseInt(matcher.group(1)), millis(row, column, matcher.group(2)));
  }

  /** {@code 2h}; 0 when there is none. */
  static long millis(Columns row, String column) throws RejectedRowException {
    String text = row.orNull(column);
    return text == null ? 0 : millis(row, column, text);
  }

  private static long millis(Columns row, String column, String text) throws RejectedRowException {
    Matcher matcher = LASTING.matcher(text);
    if (!matcher.matches()) {
      throw bad(row, column);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> TimeUnit.MINUTES.toMillis(amount);
      case "h" -> TimeUnit.HOURS.toMillis(amount);
      default -> TimeUnit.DAYS.toMillis(amount);
    };
  }

  private static RejectedRowException bad(Columns row, String column) {
    return new RejectedRowException(
        RejectReason.BAD_VALUE, row.table() + "." + column + " is neither 2h nor 3 per 24h");
  }
}
