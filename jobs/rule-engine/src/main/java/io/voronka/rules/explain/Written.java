package io.voronka.rules.explain;

import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.ValueType;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Values as they stand inside a sentence. */
final class Written {
  private static final int LONGEST = 200;
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private final String open;
  private final String close;
  private final String yes;
  private final String no;
  private final DateTimeFormatter dates;

  Written(String open, String close, String yes, String no, String dates) {
    this.open = open;
    this.close = close;
    this.yes = yes;
    this.no = no;
    this.dates = DateTimeFormatter.ofPattern(dates).withZone(ZoneOffset.UTC);
  }

  /** On one line, and not endless. */
  String quoted(String text) {
    String line = SPACE.matcher(text.strip()).replaceAll(" ");
    return open + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + '…') + close;
  }

  /** A number stands for itself, anything else is quoted. */
  String plain(String text) {
    return NUMBER.matcher(text).matches() ? text : quoted(text);
  }

  /** True when a list of such parts needs more than commas: quotes and brackets hold theirs in. */
  static boolean commas(List<String> parts) {
    for (String part : parts) {
      int depth = 0;
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        if ("(“«".indexOf(c) >= 0) {
          depth++;
        } else if (")”»".indexOf(c) >= 0) {
          depth--;
        } else if (depth <= 0 && (c == ',' || c == ';')) {
          return true;
        }
      }
    }
    return false;
  }

  /** What {@link #quoted} has put quotes around, without them. */
  String unquoted(String text) {
    boolean quoted = text.startsWith(open) && text.endsWith(close);
    return quoted ? text.substring(open.length(), text.length() - close.length()) : text;
  }

  List<String> operands(FieldTest test) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < test.operands().size(); i++) {
      Long local = test.localDate(i);
      written.add(local == null ? operand(test.type(), test.operands().get(i)) : date(local, ""));
    }
    return written;
  }

  private String operand(ValueType type, Object value) {
    return switch (type) {
      case TEXT, TEXT_IGNORE_CASE -> quoted((String) value);
      case NUMBER -> type.written(value);
      case BOOLEAN -> Boolean.TRUE.equals(value) ? yes : no;
      case DATE -> date((Long) value, " UTC");
    };
  }

  private String date(long seconds, String clocks) {
    boolean far = Math.abs(seconds) > Integer.MAX_VALUE * 100L;
    if (far) {
      return Long.toString(seconds);
    }
    Instant moment = Instant.ofEpochSecond(seconds);
    long rest = Math.floorMod(seconds, 60L);
    return dates.format(moment) + (rest == 0 ? "" : String.format(":%02d", rest)) + clocks;
  }

  /** Runs of at least three days as their first and last one. */
  static List<List<DayOfWeek>> runs(Set<DayOfWeek> days) {
    List<List<DayOfWeek>> runs = new ArrayList<>();
    for (DayOfWeek day : days.stream().sorted().toList()) {
      List<DayOfWeek> last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.get(last.size() - 1).plus(1) == day) {
        last.add(day);
      } else {
        runs.add(new ArrayList<>(List.of(day)));
      }
    }
    List<List<DayOfWeek>> told = new ArrayList<>();
    for (List<DayOfWeek> run : runs) {
      if (run.size() >= 3) {
        told.add(List.of(run.get(0), run.get(run.size() - 1)));
      } else {
        run.forEach(day -> told.add(List.of(day)));
      }
    }
    return told;
  }
}
