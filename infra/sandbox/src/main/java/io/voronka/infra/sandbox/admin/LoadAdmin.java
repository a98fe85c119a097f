package io.voronka.infra.sandbox.admin;

import io.vertx.core.Future;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.load.LoadGenerator;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebReply;

/** Starting, watching and stopping generated load. */
public final class LoadAdmin {
  private final LoadGenerator generator;

  public LoadAdmin(LoadGenerator generator) {
    this.generator = generator;
  }

  void mount(Routes<AdminEndpoint> routes) {
    routes
        .on("GET", "/_admin/load", this::list)
        .on("POST", "/_admin/load", this::start)
        .on("GET", "/_admin/load/{id}", this::report)
        .on("DELETE", "/_admin/load/{id}", this::stop);
  }

  private Future<WebReply> list(AdminCall call) {
    return Future.succeededFuture(WebReply.json(200, generator.reports()));
  }

  private Future<WebReply> start(AdminCall call) {
    LoadSpec spec = call.body(LoadSpec.class);
    return generator
        .start(spec)
        .map(
            started ->
                WebReply.json(
                    202, Json.object().put("id", spec.id()).put("planned", spec.count())));
  }

  private Future<WebReply> report(AdminCall call) {
    String id = call.parameter(0);
    return Future.succeededFuture(
        generator
            .report(id)
            .map(report -> WebReply.json(200, report))
            .orElseGet(() -> WebReply.refused(404, "no load " + id)));
  }

  private Future<WebReply> stop(AdminCall call) {
    String id = call.parameter(0);
    return generator
        .stop(id)
        .map(stopped -> stopped.map(onDisk -> WebReply.empty(204)))
        .orElseGet(() -> Future.succeededFuture(WebReply.refused(404, "no load " + id)));
  }
}
