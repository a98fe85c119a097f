package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.ChannelMessage;
import io.voronka.connectors.crm.ChatChannel;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmChats;
import io.voronka.connectors.crm.CrmClient;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Talk;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
    return talks
        .find(request, account)
        .thenCompose(
            found ->
                found.then(
                    talk ->
                        talk.isEmpty()
                            ? CompletableFuture.completedFuture(CrmReply.of(talk))
                            : whole(account, talk.get())))
        .thenCompose(
            talk -> {
              if (!talk.isOk()) {
                return done(CrmResults.lookupFailed(talk.failure()));
              }
              return talk.value().filter(one -> one.chatId() != null).isPresent()
                  ? say(request, channel, talk.value().get())
                  : done(SendResult.denied(null, Reason.TALK_UNKNOWN, "no open talk with a chat"));
            });
  }

  private CompletionStage<SendResult> say(ActionRequested request, ChatChannel channel, Talk talk) {
    return chats
        .say(
            channel,
            new ChannelMessage(
                request.getId(),
                talk.chatId(),
                talk.contactId(),
                request.getSendMessage().getText(),
                clock.instant()))
        .thenApply(CrmResults::sent);
  }

  CompletionStage<ReadResult> find(
      ActionRequested request, CrmAccount account, ChatChannel channel, long since) {
    return talks.inEach(
        request,
        account,
        Instant.ofEpochMilli(since),
        talk ->
            whole(account, talk)
                .thenCompose(
                    reply ->
                        reply.fold(
                            known ->
                                known
                                    .map(Talk::chatId)
                                    .map(chat -> inChat(chat, request, channel))
                                    // Without a chat there is nothing to read, and sending says so.
                                    .orElseGet(() -> done(ReadResult.absent())),
                            failure -> done(CrmResults.readFailed(failure)))));
  }

  private CompletionStage<ReadResult> inChat(
      String chatId, ActionRequested request, ChatChannel channel) {
    return chats
        .find(channel, chatId, request.getId())
        .thenApply(
            reply ->
                reply.fold(
                    found -> found.map(ReadResult::found).orElseGet(ReadResult::absent),
                    CrmResults::readFailed));
  }

  /** A talk that the action names is known by its id alone. */
  private CompletableFuture<CrmReply<Optional<Talk>>> whole(CrmAccount account, Talk talk) {
    return talk.chatId() != null
        ? CompletableFuture.completedFuture(CrmReply.of(Optional.of(talk)))
        : client
            .readTalk(account, talk.id())
            .thenApply(
                reply ->
                    reply.fold(
                        known -> CrmReply.of(Optional.of(known)),
                        CrmReply::<Optional<Talk>>failed));
  }

  private static <R> CompletionStage<R> done(R result) {
    return CompletableFuture.completedFuture(result);
  }
}
