package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.jobs.executeactions.domain.SendResult;
import java.util.List;

/**
 * What an agent says, or why it says nothing.
 *
 * @param text null: nothing
 * @param scripts ids of the sales scripts that it was made from
 * @param silence why nothing is said; null when something is
 * @param use what a language model has cost, null: none was asked
 */
record Answer(String text, List<String> scripts, SendResult silence, ModelUse use) {
  static Answer of(String text, List<String> scripts, ModelUse use) {
    return new Answer(text, scripts, null, use);
  }

  static Answer none(SendResult why) {
    return new Answer(null, List.of(), why, null);
  }
}
