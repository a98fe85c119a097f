package io.voronka.sequences.simulation;

import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happened to one lead.
 *
 * @param zone that its times are written in
 */
public record Timeline(String name, ZoneId zone, List<SequenceProgressed> progress) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd EEE HH:mm:ss", Locale.ROOT);

  public Timeline {
    progress = List.copyOf(progress);
  }

  /** One line for each thing that happened, after the lead's name. */
  public String written() {
    StringBuilder lines = new StringBuilder(name).append('\n');
    for (SequenceProgressed one : progress) {
      lines.append("  ").append(time(one.getFiredAt())).append("  ").append(one.getSequenceId());
      lines.append("  ").append(words(one)).append('\n');
    }
    return lines.toString();
  }

  void count(Map<String, Integer> counts) {
    for (SequenceProgressed one : progress) {
      String kind = one.getKind().name().toLowerCase(Locale.ROOT);
      String what =
          switch (one.getKind()) {
            case ENTERED -> "";
            case EXITED, REFUSED -> " " + one.getReason();
            default -> " " + one.getStepId();
          };
      counts.merge(one.getSequenceId() + ' ' + kind + what, 1, Integer::sum);
    }
  }

  private String words(SequenceProgressed one) {
    StringBuilder words = new StringBuilder(one.getKind().name().toLowerCase(Locale.ROOT));
    if (one.getStepId() != null && one.getKind() != ProgressKind.ENTERED) {
      words.append(' ').append(one.getStepId());
    }
    if (one.getUntil() != null) {
      words.append(" until ").append(time(one.getUntil()));
    }
    if (one.getReason() != null) {
      words.append(": ").append(one.getReason());
    }
    return one.getDetail() == null
        ? words.toString()
        : words.append(" (").append(one.getDetail()).append(')').toString();
  }

  private String time(long moment) {
    return TIME.format(Instant.ofEpochMilli(moment).atZone(zone));
  }
}
