package io.voronka.jobs.executeactions.transport.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.DaemonThreads;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ScriptRow;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Has a language model word the answer. It is shown the scripts that fit; without one it is not
 * asked, since what it would say is nobody's word. A model that fails has said nothing, so asking
 * again is harmless; its trouble is never the CRM's, and pauses no queue.
 */
final class ModelAnswers implements Answers {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int SHOWN = 200;

  private final ModelSettings model;
  private final Secrets secrets;
  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("model-answers-"));
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).executor(thread).build();

  /** Only the one thread looks at them. */
  private final ScriptShelves shelves = new ScriptShelves();

  ModelAnswers(ModelSettings model, Secrets secrets) {
    this.model = model;
    this.secrets = secrets;
  }

  @Override
  public CompletionStage<Answer> answer(ActionRequested request, Means means) {
    try {
      return CompletableFuture.supplyAsync(
              () -> shelves.find(request.getAiResponse(), means), thread)
          .thenCompose(fitting -> asked(request, means, fitting));
    } catch (RejectedExecutionException e) {
      return said(SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private CompletionStage<Answer> asked(
      ActionRequested request, Means means, List<ScriptRow> fitting) {
    if (fitting.isEmpty()) {
      return said(
          SendResult.denied(
              null, Reason.NO_SCRIPT_FITS, "of " + means.scripts().size() + " scripts"));
    }
    HttpRequest.Builder call;
    try {
      call = HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"));
      if (model.keyReference() != null) {
        String key = secrets.resolve(SecretReference.parse(model.keyReference()));
        call.header("Authorization", "Bearer " + key);
      }
    } catch (UnresolvedSecretException e) {
      return said(SendResult.notDone(null, 0, Reason.CREDENTIALS_MISSING, e.getMessage()));
    }
    call.timeout(model.answer()).header("Content-Type", "application/json");
    String body = Prompt.of(json, model, request, means, fitting).toString();
    List<String> shown = fitting.stream().map(ScriptRow::getScriptId).toList();
    return client
        .sendAsync(
            call.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, error) ->
                error == null ? answered(response, shown) : Answer.none(failed(error)));
  }

  private Answer answered(HttpResponse<String> response, List<String> shown) {
    int status = response.statusCode();
    if (status / 100 != 2) {
      return Answer.none(refused(status, response.body()));
    }
    try {
      JsonNode said = json.readTree(response.body());
      String text = said.path("choices").path(0).path("message").path("content").asText("").strip();
      JsonNode usage = said.path("usage");
      ModelUse use =
          new ModelUse(
              said.path("model").asText(model.name()),
              usage.path("prompt_tokens").asLong(),
              usage.path("completion_tokens").asLong());
      return text.isEmpty()
          ? Answer.none(
              SendResult.notDone(status, 0, Reason.UNEXPECTED_ANSWER, "the model said nothing")
                  .using(use))
          : Answer.of(text, shown, use);
    } catch (JsonProcessingException e) {
      return Answer.none(
          SendResult.notDone(status, 0, Reason.UNEXPECTED_ANSWER, "the model's answer is no JSON"));
    }
  }

  private static SendResult refused(int status, String body) {
    String detail = "the model: " + shortened(body);
    return switch (status) {
      case 401, 403 -> SendResult.denied(status, Reason.UNAUTHORIZED, detail);
      case 402 -> SendResult.denied(status, Reason.PAYMENT_REQUIRED, detail);
      case 408 -> SendResult.notDone(status, 0, Reason.TIMED_OUT, detail);
      case 429 -> SendResult.notDone(status, 0, Reason.RATE_LIMITED, detail);
      default ->
          status >= 500
              ? SendResult.notDone(status, 0, Reason.SERVER_ERROR, detail)
              : SendResult.denied(status, Reason.BAD_REQUEST, detail);
    };
  }

  /** Nothing was said in the talk, whatever happened here. */
  private static SendResult failed(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    Reason reason =
        cause instanceof HttpTimeoutException
            ? Reason.TIMED_OUT
            : cause instanceof ConnectException
                ? Reason.CONNECTION_REFUSED
                : Reason.CONNECTION_LOST;
    return SendResult.notDone(null, 0, reason, "the model: " + cause.getClass().getSimpleName());
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN);
  }

  private static CompletionStage<Answer> said(SendResult nothing) {
    return CompletableFuture.completedFuture(Answer.none(nothing));
  }
}
