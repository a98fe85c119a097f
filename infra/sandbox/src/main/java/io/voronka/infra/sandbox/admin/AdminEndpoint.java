package io.voronka.infra.sandbox.admin;

import io.vertx.core.Future;
import io.voronka.infra.sandbox.web.WebReply;

/** Serves one method of one admin path; an IllegalArgumentException becomes a 400. */
@FunctionalInterface
interface AdminEndpoint {
  Future<WebReply> serve(AdminCall call);
}
