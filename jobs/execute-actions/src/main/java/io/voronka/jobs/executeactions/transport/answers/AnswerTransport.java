package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.SendMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the answer, then sends it as a message of the CRM. */
public final class AnswerTransport implements ActionTransport {
  private final Answers answers;
  private final ActionTransport messages;

  /**
   * @param messages sends into talks; not closed here
   */
  AnswerTransport(Answers answers, ActionTransport messages) {
    this.answers = answers;
    this.messages = messages;
  }

  /** With the answers that need nothing but the agent's scripts. */
  public static AnswerTransport fromScripts(ActionTransport messages) {
    return new AnswerTransport(new ScriptAnswers(), messages);
  }

  /** With a language model that words the answers. */
  public static AnswerTransport fromModel(
      ModelSettings model, Secrets secrets, ActionTransport messages) {
    return new AnswerTransport(new ModelAnswers(model, secrets), messages);
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means means) {
    return answers
        .answer(request, means)
        .thenCompose(
            answer ->
                answer.text() == null
                    ? CompletableFuture.completedFuture(answer.silence())
                    : messages
                        .send(saying(request, answer.text()), means)
                        .thenApply(
                            result -> result.madeFrom(answer.scripts()).using(answer.use())));
  }

  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
    return messages.read(request, means, since);
  }

  @Override
  public void close() {
    answers.close();
  }

  private static ActionRequested saying(ActionRequested request, String text) {
    return ActionRequested.newBuilder(request)
        .setKind(ActionKind.SEND_MESSAGE)
        .setSendMessage(new SendMessage(text, request.getAiResponse().getTalkId()))
        .setAiResponse(null)
        .build();
  }
}
