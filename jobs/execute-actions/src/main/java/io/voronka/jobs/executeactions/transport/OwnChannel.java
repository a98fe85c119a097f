package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.ChannelMessage;
import io.voronka.connectors.crm.ChatChannel;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmChats;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Talk;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Messages of accounts that have a chat channel of ours. Each is said under its action's id, and
 * found again by it: no other message, whatever its words, is taken for it.
 */
final class OwnChannel {
  private final CrmClient client;
  private final CrmChats chats;
  private final TalkFinder talks;
  private final Clock clock;

  OwnChannel(CrmClient client, CrmChats chats, TalkFinder talks, Clock clock) {
    this.client = client;
    this.chats = chats;
    this.talks = talks;
    this.clock = clock;
  }

  /** Empty: the account has none. */
  static Optional<ChatChannel> of(AccountRow row) {
    return Optional.ofNullable(row.getChatChannel())
        .map(
            channel ->
                new ChatChannel(
                    URI.create(channel.getBaseUrl()),
                    channel.getScopeId(),
                    channel.getSecretReference(),
                    channel.getSenderId()));
  }

  CompletionStage<SendResult> say(
      ActionRequested request, CrmAccount account, ChatChannel channel) {
    return inTalk(
        request,
        account,
        talk ->
            chats
                .say(
                    channel,
                    new ChannelMessage(
                        request.getId(),
                        talk.chatId(),
                        talk.contactId(),
                        request.getSendMessage().getText(),
                        clock.instant()))
                .thenApply(CrmResults::sent),
        CrmResults::lookupFailed,
        SendResult.denied(null, Reason.TALK_UNKNOWN, "no open talk with a chat"));
  }

  CompletionStage<ReadResult> find(
      ActionRequested request, CrmAccount account, ChatChannel channel) {
    return inTalk(
        request,
        account,
        talk ->
            chats
                .find(channel, talk.chatId(), request.getId())
                .thenApply(
                    reply ->
                        reply.fold(
                            found -> found.map(ReadResult::found).orElseGet(ReadResult::absent),
                            CrmResults::readFailed)),
        CrmResults::readFailed,
        // Without a chat there is nothing to read, and sending says so.
        ReadResult.absent());
  }

  private <R> CompletionStage<R> inTalk(
      ActionRequested request,
      CrmAccount account,
      Function<Talk, CompletionStage<R>> then,
      Function<CrmFailure, R> failed,
      R nowhere) {
    return talks
        .find(request, account)
        .thenCompose(found -> whole(account, found))
        .thenCompose(
            talk -> {
              if (!talk.isOk()) {
                return CompletableFuture.completedFuture(failed.apply(talk.failure()));
              }
              return talk.value().filter(one -> one.chatId() != null).isPresent()
                  ? then.apply(talk.value().get())
                  : CompletableFuture.completedFuture(nowhere);
            });
  }

  /** A talk that the action names is known by its id alone. */
  private CompletableFuture<CrmReply<Optional<Talk>>> whole(
      CrmAccount account, CrmReply<Optional<Talk>> found) {
    boolean known =
        !found.isOk() || found.value().isEmpty() || found.value().get().chatId() != null;
    return known
        ? CompletableFuture.completedFuture(found)
        : client
            .readTalk(account, found.value().get().id())
            .thenApply(
                reply ->
                    reply.fold(
                        talk -> CrmReply.of(Optional.of(talk)), CrmReply::<Optional<Talk>>failed));
  }
}
