package io.voronka.jobs.executeactions.transport.answers;

import java.io.Serializable;
import java.time.Duration;

/**
 * A language model behind the interface that OpenAI has set.
 *
 * @param url what {@code /chat/completions} is appended to
 * @param name of the model
 * @param keyReference {@code env:NAME} or {@code file:/path}; null: it asks for none
 * @param answer until the whole answer is there
 * @param mostTokens of an answer
 */
public record ModelSettings(
    String url, String name, String keyReference, Duration answer, int mostTokens)
    implements Serializable {

  public static ModelSettings of(String url, String name, String keyReference) {
    return new ModelSettings(
        url.replaceFirst("/+$", ""), name, keyReference, Duration.ofSeconds(30), 500);
  }
}
