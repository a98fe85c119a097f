/** The chats API (amojo), beside the REST API: signed requests instead of tokens. */
package io.voronka.infra.sandbox.kommo.chats;
