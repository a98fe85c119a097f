package io.voronka.connectors.crm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Chat channels of our own: signed requests, with no token and outside of the account's budget.
 * What holds for {@link CrmClient}'s futures holds for these.
 */
public interface CrmChats {

  /** Says something; the vendor gives it an id of its own. A repeat may be said twice. */
  CompletableFuture<CrmReply<Written>> say(ChatChannel channel, ChannelMessage message);

  /**
   * Looks for what was said under an id of ours among the newest messages of a chat.
   *
   * @return the vendor's id of it; empty when it is not there
   */
  CompletableFuture<CrmReply<Optional<String>>> find(
      ChatChannel channel, String chatId, String messageId);
}
