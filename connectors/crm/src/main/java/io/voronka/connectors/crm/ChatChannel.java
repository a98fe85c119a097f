package io.voronka.connectors.crm;

import java.net.URI;
import java.util.Objects;

/**
 * A chat channel of our own that is connected to an account.
 *
 * @param base scheme and host of the vendor's chats API
 * @param scopeId as the vendor named the connection
 * @param secretReference {@code env:NAME} or {@code file:/path}: what requests are signed with
 * @param senderId whom messages are from, as the vendor's chats know them
 */
public record ChatChannel(URI base, String scopeId, String secretReference, String senderId) {
  public ChatChannel {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(scopeId, "scopeId");
    Objects.requireNonNull(secretReference, "secretReference");
    Objects.requireNonNull(senderId, "senderId");
  }
}
