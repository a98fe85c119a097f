package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.MessageBot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Messages of accounts whose salesbot speaks for them: the text is put into a field of the lead,
 * and a bot is run whose message is that field ({@code {{lead.cf.600002}}}). So any text reaches
 * any channel that the account has connected, without the vendor's chats add-on.
 */
final class SpeakingBot {
  private final CrmClient client;

  SpeakingBot(CrmClient client) {
    this.client = client;
  }

  CompletionStage<SendResult> say(ActionRequested request, CrmAccount account, MessageBot bot) {
    String text = request.getSendMessage().getText();
    if (text.isBlank()) {
      // It would clear the field, and the bot would say nothing.
      return denied("message text is empty");
    }
    if (request.getSubjectType() != EntityType.LEAD) {
      return denied("a salesbot speaks to leads only");
    }
    return client
        .updateFields(
            account,
            EntityType.LEAD,
            request.getSubjectId(),
            List.of(FieldChange.custom(bot.getFieldId(), text)))
        .thenCompose(
            written ->
                written.isOk()
                    ? client
                        .runSalesbot(
                            account, bot.getBotId(), EntityType.LEAD, request.getSubjectId())
                        .thenApply(CrmResults::sent)
                    // Whatever became of the field, nothing was said.
                    : CompletableFuture.completedFuture(
                        CrmResults.lookupFailed(written.failure())));
  }

  private static CompletionStage<SendResult> denied(String detail) {
    return CompletableFuture.completedFuture(SendResult.denied(null, Reason.BAD_REQUEST, detail));
  }
}
