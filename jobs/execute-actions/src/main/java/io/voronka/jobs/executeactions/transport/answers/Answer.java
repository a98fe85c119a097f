package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.domain.SendResult;
import java.util.List;

/**
 * What an agent says, or why it says nothing.
 *
 * @param text null: nothing
 * @param scripts ids of the sales scripts that it was made from
 * @param silence why nothing is said; null when something is
 */
record Answer(String text, List<String> scripts, SendResult silence) {
  static Answer of(String text, List<String> scripts) {
    return new Answer(text, scripts, null);
  }

  static Answer none(SendResult why) {
    return new Answer(null, List.of(), why);
  }
}
