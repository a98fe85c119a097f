package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.ChatChannel;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmChats;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.NewNote;
import io.voronka.connectors.crm.NewTask;
import io.voronka.connectors.crm.Written;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CreateTask;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.SendMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries actions out in a CRM. */
final class CrmTransport implements ActionTransport {
  private final CrmClient client;
  private final TalkFinder talks;
  private final CrmTraces traces;
  private final OwnChannel channels;
  private final SpeakingBot bot;
  private final FieldTyping typing;

  /**
   * @param chats of accounts that have a channel of ours
   * @param inventory tells which types the accounts' fields have
   */
  CrmTransport(CrmClient client, CrmChats chats, CrmInventory inventory, Clock clock) {
    this.client = client;
    this.talks = new TalkFinder(client);
    this.channels = new OwnChannel(client, chats, talks, clock);
    this.bot = new SpeakingBot(client);
    this.traces = new CrmTraces(client, talks);
    this.typing = new FieldTyping(new FieldTypes(inventory, clock));
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means means) {
    CrmAccount account;
    try {
      account = account(means);
    } catch (IllegalArgumentException e) {
      return done(SendResult.denied(null, Reason.URL_INVALID, "the account's API address"));
    }
    return switch (request.getKind()) {
      case CHANGE_STAGE ->
          request.getSubjectType() == EntityType.LEAD
              ? written(
                  client.changeStage(
                      account,
                      request.getSubjectId(),
                      request.getChangeStage().getStatusId(),
                      request.getChangeStage().getPipelineId()))
              : done(SendResult.denied(null, Reason.BAD_REQUEST, "only leads have stages"));
      case UPDATE_FIELD -> updateFields(request, account, means);
      case CREATE_TASK -> written(client.createTask(account, task(request)));
      case ADD_NOTE ->
          written(
              client.addNote(
                  account,
                  new NewNote(
                      request.getSubjectType(),
                      request.getSubjectId(),
                      request.getAddNote().getText())));
      case ADD_TAGS ->
          written(
              client.addTags(
                  account,
                  request.getSubjectType(),
                  request.getSubjectId(),
                  request.getAddTags().getTags()));
      case RUN_SALESBOT ->
          written(
              client.runSalesbot(
                  account,
                  request.getRunSalesbot().getBotId(),
                  request.getSubjectType(),
                  request.getSubjectId()));
      case SEND_MESSAGE ->
          means.account().getMessageBot() != null
              ? bot.say(request, account, means.account().getMessageBot())
              : OwnChannel.of(means.account())
                  .map(channel -> channels.say(request, account, channel))
                  .orElseGet(() -> sendMessage(request, account));
      case WEBHOOK, SEND_EMAIL, AI_RESPONSE, START_SEQUENCE, STOP_SEQUENCE, UNKNOWN ->
          throw new IllegalArgumentException("no CRM action: " + request.getKind());
    };
  }

  @Override
  public CompletionStage<List<SendResult>> sendTogether(
      List<ActionRequested> requests, Means means) {
    List<LeadChange> changes;
    CrmAccount account;
    try {
      account = account(means);
      changes = requests.stream().map(LeadBatch::change).toList();
    } catch (IllegalArgumentException e) {
      // One of them is at fault: each hears by itself whether it is the one.
      return CompletableFuture.completedFuture(
          requests.stream()
              .map(any -> SendResult.apart(null, Reason.BAD_REQUEST, e.getMessage()))
              .toList());
    }
    return typing
        .of(
            account,
            EntityType.LEAD,
            changes.stream().flatMap(change -> change.fields().stream()).toList(),
            means.zone())
        .thenCompose(
            types ->
                types.fold(
                    typed -> {
                      List<LeadChange> ready =
                          changes.stream().map(change -> change.withFields(typed)).toList();
                      return client
                          .changeLeads(account, ready)
                          .thenApply(reply -> LeadBatch.results(ready, reply));
                    },
                    failure ->
                        CompletableFuture.completedFuture(
                            Collections.nCopies(
                                changes.size(), CrmResults.lookupFailed(failure)))));
  }

  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
    CrmAccount account = account(means);
    Optional<ChatChannel> channel = OwnChannel.of(means.account());
    // An agent's answer is answered by whatever was said in the talk, by whichever way.
    if (request.getKind() == ActionKind.SEND_MESSAGE && channel.isPresent()) {
      return channels.find(request, account, channel.get(), since);
    }
    CompletionStage<ReadResult> found = traces.find(request, account, means, since);
    boolean said =
        request.getKind() == ActionKind.SEND_MESSAGE || request.getKind() == ActionKind.AI_RESPONSE;
    return said && means.account().getMessageBot() != null
        ? found.thenApply(ReadResult::sentElsewhere)
        : found;
  }

  @Override
  public CompletionStage<List<ReadResult>> readTogether(List<Look> looks, Means means) {
    return traces.findLeads(looks, account(means), means);
  }

  @Override
  public void close() {
    client.close();
  }

  private CompletionStage<SendResult> updateFields(
      ActionRequested request, CrmAccount account, Means means) {
    List<FieldChange> changes;
    try {
      changes = request.getUpdateField().getWrites().stream().map(FieldChange::of).toList();
    } catch (IllegalArgumentException e) {
      return done(SendResult.denied(null, Reason.BAD_REQUEST, e.getMessage()));
    }
    EntityType entity = request.getSubjectType();
    return typing
        .of(account, entity, changes, means.zone())
        .thenCompose(
            types ->
                types.fold(
                    typed ->
                        written(
                            client.updateFields(
                                account,
                                entity,
                                request.getSubjectId(),
                                changes.stream().map(typed).toList())),
                    failure -> done(CrmResults.lookupFailed(failure))));
  }

  private CompletionStage<SendResult> sendMessage(ActionRequested request, CrmAccount account) {
    SendMessage message = request.getSendMessage();
    return talks
        .find(request, account)
        .thenCompose(
            found -> {
              if (!found.isOk()) {
                return done(CrmResults.lookupFailed(found.failure()));
              }
              return found.value().isEmpty()
                  ? done(SendResult.denied(null, Reason.TALK_UNKNOWN, "no open talk"))
                  : written(
                      client.sendMessage(account, found.value().get().id(), message.getText()));
            });
  }

  private static NewTask task(ActionRequested request) {
    CreateTask task = request.getCreateTask();
    return new NewTask(
        request.getSubjectType(),
        request.getSubjectId(),
        task.getText(),
        Instant.ofEpochMilli(task.getCompleteTill()),
        task.getTaskTypeId(),
        task.getResponsibleUserId());
  }

  private static CrmAccount account(Means means) {
    AccountRow row = means.account();
    return new CrmAccount(
        row.getTenantId(),
        row.getAccountId(),
        URI.create(row.getApiBaseUrl()),
        row.getTokenReference(),
        means.pace());
  }

  private static CompletionStage<SendResult> written(CompletableFuture<CrmReply<Written>> reply) {
    return reply.thenApply(CrmResults::sent);
  }

  private static CompletionStage<SendResult> done(SendResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
