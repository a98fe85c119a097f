package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.answers.AnswerTransport;
import io.voronka.jobs.executeactions.transport.mail.MailTransport;
import io.voronka.jobs.executeactions.transport.webhook.WebhookTransport;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Every kind of action by its way: the table of kinds. */
final class RoutedTransport implements ActionTransport {
  private final Map<ActionKind, ActionTransport> ways = new EnumMap<>(ActionKind.class);
  private final SendJournal journal;

  RoutedTransport(
      CrmTransport crm,
      WebhookTransport webhooks,
      MailTransport mail,
      AnswerTransport answers,
      SendJournal journal) {
    this.journal = journal;
    ways.put(ActionKind.CHANGE_STAGE, crm);
    ways.put(ActionKind.UPDATE_FIELD, crm);
    ways.put(ActionKind.CREATE_TASK, crm);
    ways.put(ActionKind.SEND_MESSAGE, crm);
    ways.put(ActionKind.ADD_NOTE, crm);
    ways.put(ActionKind.ADD_TAGS, crm);
    ways.put(ActionKind.RUN_SALESBOT, crm);
    ways.put(ActionKind.WEBHOOK, webhooks);
    ways.put(ActionKind.SEND_EMAIL, mail);
    ways.put(ActionKind.AI_RESPONSE, answers);
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means means) {
    return ways.get(request.getKind()).send(request, means);
  }

  @Override
  public CompletionStage<List<SendResult>> sendTogether(
      List<ActionRequested> requests, Means means) {
    return ways.get(requests.get(0).getKind()).sendTogether(requests, means);
  }

  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
    return ways.get(request.getKind()).read(request, means, since);
  }

  @Override
  public CompletionStage<List<ReadResult>> readTogether(List<Look> looks, Means means) {
    return ways.get(looks.get(0).request().getKind()).readTogether(looks, means);
  }

  @Override
  public SendJournal journal() {
    return journal;
  }

  @Override
  public void close() {
    journal.close();
    RuntimeException first = null;
    for (ActionTransport way : new LinkedHashSet<>(ways.values())) {
      try {
        way.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
