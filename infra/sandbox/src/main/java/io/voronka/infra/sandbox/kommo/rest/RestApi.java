package io.voronka.infra.sandbox.kommo.rest;

import io.voronka.infra.sandbox.web.Routes;

/** All endpoints behind a bearer token. Fixed paths come before those with an id in their place. */
public final class RestApi {
  private RestApi() {}

  public static Routes<RestEndpoint> routes() {
    Routes<RestEndpoint> routes = new Routes<>();
    CatalogueApi.mount(routes);
    NotesApi.mount(routes);
    LeadsApi.mount(routes);
    ContactsApi.mount(routes);
    TasksApi.mount(routes);
    TalksApi.mount(routes);
    BotsApi.mount(routes);
    WebhooksApi.mount(routes);
    return routes;
  }
}
