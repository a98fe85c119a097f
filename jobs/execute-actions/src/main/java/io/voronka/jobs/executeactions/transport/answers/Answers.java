package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionRequested;
import java.util.concurrent.CompletionStage;

/** Finds what an agent says to a question. Does not block; nothing is said by it. */
interface Answers extends AutoCloseable {
  CompletionStage<Answer> answer(ActionRequested request, Means means);

  @Override
  void close();
}
