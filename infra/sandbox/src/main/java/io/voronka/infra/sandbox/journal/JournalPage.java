package io.voronka.infra.sandbox.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lines of a journal, as its readers get them.
 *
 * @param next what to pass as {@code after} for the following page
 * @param end the newest line
 */
public record JournalPage(List<JsonNode> lines, long next, long end) {
  private static final int AT_ONCE = 1000;

  /** Reads on from line {@code after}; blocks on the disk, so not on the event loop. */
  public static JournalPage read(AppendLog log, long after, int limit, Predicate<JsonNode> wanted)
      throws IOException {
    List<JsonNode> found = new ArrayList<>();
    long position = after;
    long end = log.durable();
    while (found.size() < limit && position < end) {
      for (byte[] bytes : log.read(position, Math.min(AT_ONCE, (int) (end - position)))) {
        position++;
        JsonNode line = Json.parse(bytes);
        if (wanted.test(line)) {
          found.add(line);
          if (found.size() == limit) {
            break;
          }
        }
      }
    }
    return new JournalPage(found, position, end);
  }
}
