package io.voronka.infra.sandbox.admin;

import io.vertx.core.Future;
import io.voronka.infra.sandbox.kommo.rest.RestProblem;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebHandler;
import io.voronka.infra.sandbox.web.WebReply;
import io.voronka.infra.sandbox.web.WebRequest;

/** {@code /_admin/…}. */
public final class AdminFront implements WebHandler {
  private final Routes<AdminEndpoint> routes = new Routes<>();

  public AdminFront(BooksAdmin books, SwitchesAdmin switches, LoadAdmin load, KommoAdmin kommo) {
    books.mount(routes);
    switches.mount(routes);
    load.mount(routes);
    kommo.mount(routes);
  }

  @Override
  public Future<WebReply> handle(WebRequest request) {
    Routes.Match<AdminEndpoint> match = routes.find(request.method(), request.path());
    if (match.handler() == null) {
      return Future.succeededFuture(
          match.allowed().isEmpty()
              ? WebReply.refused(404, "no such admin path: " + request.path())
              : WebReply.refused(405, "allowed: " + match.allowed()));
    }
    try {
      return match
          .handler()
          .serve(new AdminCall(request, match.parameters()))
          .recover(
              e ->
                  e instanceof RestProblem problem
                      ? Future.succeededFuture(problem.web())
                      : Future.failedFuture(e));
    } catch (RestProblem problem) {
      return Future.succeededFuture(problem.web());
    }
  }
}
