package io.voronka.infra.sandbox.web;

import io.vertx.core.Future;

/** Answers one request, sooner or later, on the sandbox's event loop. */
@FunctionalInterface
public interface WebHandler {
  Future<WebReply> handle(WebRequest request);
}
