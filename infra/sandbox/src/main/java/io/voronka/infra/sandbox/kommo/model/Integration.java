package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/**
 * An installed integration (an OAuth client).
 *
 * @param secretHash SHA-256 of the client secret in hex
 * @param userId on whose behalf it acts; its writes carry this id as modified_user_id
 * @param scopes {@code chats} is needed to send into talks
 */
public record Integration(
    String clientId, String secretHash, String redirectUri, long userId, List<String> scopes) {
  public Integration {
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
  }
}
